package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** Somebody asks the director to stop, or to set its clock. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes are found by /proc")
@ExtendWith(LabExtension.class)
class StrangersIT {
    @Test
    void aStrangersStopFromElsewhereIsAnsweredButNotObeyed(Lab lab) throws IOException {
        String here = ownAddress();
        lab.listen("0.0.0.0 0");
        Program director = lab.startDirector();
        String address =
                here + lab.directorAddress().substring(lab.directorAddress().lastIndexOf(':'));
        long asked = Lab.now();
        try (Client stranger = new Client(address, here)) {
            assertThat(stranger.ask("mlcommons/power client v3")).isEqualTo("mlcommons/power server v3");
            assertThat(stranger.ask("stop")).isEqualTo("OK");
        }
        Program.Line told =
                director.awaitLine("asked the director to stop without a session of its own: ignored", Lab.PATIENCE);

        lab.nextSessionSucceeds();
        assertThat(director.isAlive()).isTrue();
        lab.outcome(Row.STRANGERS, "stop from elsewhere", told.after(asked), "", told.text());
    }

    @Test
    void aStopTakesEffectAfterItsOwnSession(Lab lab) {
        Program director = lab.startDirector();
        Program run = lab.run("last", Workloads.lasting(1, lab.loadgenLogs()), "--stop-server");

        assertThat(run.awaitExit(Lab.PATIENCE)).as(run::output).isZero();
        long done = Lab.now();
        assertThat(director.awaitExit(Lab.PATIENCE)).isZero();
        lab.directorClosed("last", "done");
        lab.rangesAreRestored();
        lab.nothingIsLeftOf("director", Lab.PATIENCE);
        lab.outcome(
                Row.STRANGERS,
                "stop with a session",
                Duration.ofNanos(Lab.now() - done),
                "runner 0, director 0",
                "obeyed when the session was done");
        lab.startDirector();
        lab.nextSessionSucceeds();
    }

    @Test
    void aLocalStopWithoutASessionIsObeyed(Lab lab) throws IOException {
        Program director = lab.startDirector();
        long asked = Lab.now();
        try (Client local = Client.greeted(lab.directorAddress())) {
            assertThat(local.ask("stop")).isEqualTo("OK");
        }
        assertThat(director.awaitExit(Lab.PATIENCE)).isZero();
        lab.outcome(Row.STRANGERS, "stop from loopback", Duration.ofNanos(Lab.now() - asked), "director 0", "obeyed");
        lab.startDirector();
        lab.nextSessionSucceeds();
    }

    @Test
    void theDirectorsClockIsNotSetForAClient(Lab lab) throws IOException {
        lab.tool("director", "ntpdate", "echo \"$*\" > '" + lab.file("ntpdate-was-run") + "'");
        Program director = lab.startDirector();
        long asked = Lab.now();
        try (Client client = Client.greeted(lab.directorAddress())) {
            assertThat(client.ask("set_ntp")).startsWith("Error: this director does not set its clock");
        }
        Program.Line told = director.awaitLine("asked this director to set its clock: refused", Lab.PATIENCE);
        assertThat(lab.file("ntpdate-was-run")).doesNotExist();
        lab.outcome(Row.STRANGERS, "set_ntp", told.after(asked), "", told.text());
        lab.nextSessionSucceeds();
    }

    @Test
    void whoIsNotAllowedIsHungUpOnWithoutAWord(Lab lab) throws IOException {
        String here = ownAddress();
        lab.listen("0.0.0.0 0");
        lab.key("allow", "127.0.0.1");
        lab.startDirector();
        String address =
                here + lab.directorAddress().substring(lab.directorAddress().lastIndexOf(':'));
        long asked = Lab.now();
        try (Client stranger = new Client(address, here)) {
            assertThat(stranger.line()).isNull();
        }
        lab.outcome(Row.STRANGERS, "outside the allow list", Duration.ofNanos(Lab.now() - asked), "", "hung up on");
        lab.nextSessionSucceeds();
    }

    /** An address of this machine that is not a loopback one. */
    private static String ownAddress() throws IOException {
        Optional<String> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst();
        assumeThat(own)
                .as("this machine has an address that is not a loopback one")
                .isPresent();
        return own.orElseThrow();
    }
}
