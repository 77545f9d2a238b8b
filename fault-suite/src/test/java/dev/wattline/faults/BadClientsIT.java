package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that say nothing, too much, the wrong thing, or come while another is served. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class BadClientsIT {
    private static final int MEGABYTE = 1_000_000;
    private static final int STRANGERS = 100; // more than a director lets be connected at a time
    private static final long SEED = 20261122;

    @Test
    void aSecondClientIsToldWhoIsServedSinceWhen(Lab lab) throws IOException {
        lab.startDirector();
        Program first = lab.run("first", Workloads.endless());
        first.awaitLine(Workloads.RUNS, Lab.PATIENCE);

        long asked = Lab.now();
        Program second = lab.run("second", Workloads.endless());
        Program.Line told =
                second.awaitLine("busy, serving 127\\.0\\.0\\.1:\\d+ since \\d{4}-\\d\\d-\\d\\dT", Lab.PATIENCE);

        assertThat(second.awaitExit(Lab.PATIENCE)).isEqualTo(1);
        try (Client silent = new Client(lab.directorAddress(), null)) {
            assertThat(silent.ask("mlcommons/power client v3")).startsWith("Error: busy, serving 127.0.0.1:");
            assertThat(silent.line()).isNull();
        }
        assertThat(first.isAlive()).isTrue();
        first.signal(Signal.TERM);
        assertThat(first.awaitExit(Lab.PATIENCE)).isEqualTo(143);
        lab.nextSessionSucceeds();
        lab.outcome(Row.BAD_CLIENTS, "second client", told.after(asked), "second runner 1", told.text());
    }

    @Test
    void whoSaysNothingIsHungUpOnAndHoldsNobodyUp(Lab lab) throws IOException {
        Duration deadline = TestDeadlines.granted(1);
        lab.key("idle", TestDeadlines.grantedSeconds(1));
        lab.startDirector();
        long connected = Lab.now();
        try (Client mute = new Client(lab.directorAddress(), null)) {
            long before = Lab.now();
            try (Client idle = Client.greeted(lab.directorAddress())) {
                assertThat(Duration.ofNanos(Lab.now() - before)).isLessThan(TestDeadlines.seconds(5));
                long last = Lab.now();
                idle.open("idle");
                assertThat(idle.line()).isNull();
                Duration idled = Duration.ofNanos(Lab.now() - last);
                assertThat(idled).isBetween(deadline, deadline.plus(TestDeadlines.seconds(6)));
                lab.outcome(Row.BAD_CLIENTS, "idle outside phases, idle: 5", idled, "", "hung up on");
            }
            lab.directorClosed("idle", "failed");
            assertThat(mute.line()).isNull();
            Duration hello = Duration.ofNanos(Lab.now() - connected);
            assertThat(hello)
                    .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(10).plus(TestDeadlines.seconds(10)));
            lab.outcome(Row.BAD_CLIENTS, "no greeting", hello, "", "hung up on");
        }
        lab.nextSessionSucceeds(); // its workload is silent for longer than the idle deadline allows outside a phase
    }

    @Test
    void whoOnlySaysHelloKeepsNobodyOut(Lab lab) throws IOException {
        lab.startDirector();
        List<Client> strangers = new ArrayList<>();
        try {
            Client polite = Client.greeted(lab.directorAddress());
            strangers.add(polite);
            assertThat(polite.ask("time")).matches("\\d+\\.\\d+");
            long began = Lab.now();
            Program run = lab.run("beside", Workloads.lasting(1, lab.loadgenLogs()));
            Program.Line opened = run.awaitLine("^session .*_beside at director", Lab.PATIENCE);
            assertThat(polite.ask("new,late,8c14f61d-1776-4b23-b328-083fba3d64a8"))
                    .startsWith("Error: busy, serving 127.0.0.1:");
            assertThat(polite.line()).isNull();

            assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
            lab.directorClosed("beside", "done");
            lab.outcome(
                    Row.BAD_CLIENTS, "only hello, before a runner", opened.after(began), "runner 0", "served beside");
        } finally {
            for (Client stranger : strangers) {
                stranger.close();
            }
        }
        lab.nextSessionSucceeds();
    }

    @Test
    void manyStrangersKeepNobodyOut(Lab lab) throws IOException {
        lab.startDirector();
        List<Client> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(i % 2 == 0 ? Client.greeted(lab.directorAddress()) : trickling(lab));
            }
            long began = Lab.now();
            Program run = lab.run("crowd", Workloads.lasting(1, lab.loadgenLogs()));
            Program.Line opened = run.awaitLine("^session .*_crowd at director", Lab.PATIENCE);
            assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
            lab.directorClosed("crowd", "done");
            lab.outcome(Row.BAD_CLIENTS, STRANGERS + " strangers", opened.after(began), "runner 0", "served beside");
        } finally {
            for (Client stranger : strangers) {
                stranger.close();
            }
        }
        lab.nextSessionSucceeds();
    }

    /** A client in the middle of its greeting. */
    private static Client trickling(Lab lab) throws IOException {
        Client client = new Client(lab.directorAddress(), null);
        client.send(new byte[] {'m', 'l', 'c'}, 3);
        return client;
    }

    @Test
    void aLineWithoutEndIsCutOffAfter4KiB(Lab lab) throws IOException {
        Program director = lab.startDirector();
        byte[] letters = new byte[MEGABYTE];
        Arrays.fill(letters, (byte) 'x');
        long began = Lab.now();
        try (Client flood = Client.greeted(lab.directorAddress())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            flood.send(letters, letters.length);
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
        Duration refused = Duration.ofNanos(Lab.now() - began);
        assertThat(refused).isLessThan(TestDeadlines.seconds(5));
        try (Client long1 = Client.greeted(lab.directorAddress())) {
            assertThat(long1.ask("x".repeat(5000))).isEqualTo("Error: line too long");
            assertThat(long1.line()).isNull();
        }
        assertThat(director.isAlive()).isTrue();
        lab.outcome(Row.BAD_CLIENTS, "100 MB line", refused, "", "Error: line too long, hung up on");
        lab.nextSessionSucceeds();
    }

    @Test
    void garbageIsRefused(Lab lab) throws IOException {
        Program director = lab.startDirector();
        byte[] noise = new byte[3000];
        Random random = new Random(SEED);
        for (int i = 0; i < 20; i++) {
            random.nextBytes(noise);
            try (Client client = new Client(lab.directorAddress(), null)) {
                client.send(noise, noise.length);
                client.send(new byte[] {'\n'}, 1);
            }
        }
        long began = Lab.now();
        try (Client client = Client.greeted(lab.directorAddress())) {
            for (String line :
                    new String[] {"", "xyzzy", "new", "session,*,dance", "session,*,start,lunch", "\u0000\u0001"}) {
                assertThat(client.ask(line))
                        .as("reply to '%s', seed %d", line, SEED)
                        .startsWith("Error");
            }
            assertThat(client.ask("time")).matches("\\d+\\.\\d+");
        }
        assertThat(director.isAlive()).isTrue();
        lab.outcome(Row.BAD_CLIENTS, "garbage", Duration.ofNanos(Lab.now() - began), "", "Error to each line");
        lab.nextSessionSucceeds();
    }

    @Test
    void pathsOutOfTheSessionWrongStatesAndTheCleanupOfARunningSessionAreRefusedAtOnce(Lab lab) throws IOException {
        lab.startDirector();
        try (Client client = Client.greeted(lab.directorAddress())) {
            client.patience(TestDeadlines.seconds(5));
            String session = client.open("states");
            for (String file : new String[] {
                "../../director.conf", "power/../../../director.conf", "/etc/passwd", "analyzers/../journal.log"
            }) {
                assertThat(client.ask("download," + session + "," + file)).startsWith("Error");
                assertThat(client.ask("download,../" + session + "," + file)).startsWith("Error");
            }
            long began = Lab.now();
            assertThat(client.ask("session,*,stop,ranging")).startsWith("Error").contains("INITIAL");
            assertThat(client.ask("session,*,start,testing"))
                    .startsWith("Error")
                    .contains("INITIAL");
            Duration refused = Duration.ofNanos(Lab.now() - began);
            assertThat(refused).isLessThan(TestDeadlines.seconds(2));
            client.patience(Lab.PATIENCE);
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            assertThat(client.ask("session,*,stop,testing")).startsWith("Error").contains("RANGING");
            assertThat(client.ask("cleanup," + session)).startsWith("Error");
            assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
            assertThat(client.ask("cleanup," + session)).isEqualTo("OK");
            assertThat(Lab.files(lab.directorsSession("states"))).contains("ranging/spl.txt", "power/server.json");
            lab.outcome(Row.BAD_CLIENTS, "path traversal, wrong state, cleanup", refused, "", "Error");
        }
        lab.nextSessionSucceeds();
    }

    @Test
    void twoSessionsOfOneSecondHaveTwoNames(Lab lab) throws IOException {
        lab.startDirector();
        Pattern name = Pattern.compile("\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d_twin");
        long began = Lab.now();
        try (Client client = Client.greeted(lab.directorAddress())) {
            String first = client.open("twin");
            String second = client.open("twin");
            String third = client.open("twin");
            assertThat(List.of(first, second, third))
                    .doesNotHaveDuplicates()
                    .isSorted()
                    .allMatch(name.asMatchPredicate());
            assertThat(client.ask("session," + third + ",done")).isEqualTo("OK");
        }
        lab.outcome(
                Row.BAD_CLIENTS,
                "two new in one second",
                Duration.ofNanos(Lab.now() - began),
                "",
                "the next free second");
        lab.nextSessionSucceeds();
    }
}
