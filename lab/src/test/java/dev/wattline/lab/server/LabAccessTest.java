package dev.wattline.lab.server;

import static dev.wattline.lab.server.LabRig.ask;
import static dev.wattline.lab.server.LabRig.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.protocol.ProtocolException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabProtocol.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With names and tokens: who is let in, and what each may do. */
@EnabledOnOs(OS.LINUX)
class LabAccessTest {
    private static final String SECTION = "ops: alice\nview: lobby\ntokensFile: lab.tokens";

    @TempDir
    Path folder;

    @BeforeEach
    void tokens() throws IOException {
        Path file = Files.writeString(
                folder.resolve("lab.tokens"),
                "# NAME TOKEN\nalice s3cret-a\nlobby s3cret-l\nrig s3cret-r\nbob s3cret-b\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aNameMayDoWhatItsRoleSays() throws IOException {
        try (LabRig rig = new LabRig(folder, SECTION);
                LabConnection ops = rig.console("alice s3cret-a");
                LabConnection view = rig.console("lobby s3cret-l");
                LabConnection nobody = rig.console("bob s3cret-b")) {
            assertThat(queue(ops, "rig", "official")).isEqualTo("j-1");
            assertThat(ask(view, LabMessage.request("queue"))
                            .objects("jobs")
                            .get(0)
                            .text("by"))
                    .isEqualTo("alice");
            for (String what : new String[] {"start", "stop", "retry", "remove", "reserve"}) {
                assertThatThrownBy(() -> ask(view, LabMessage.request(what).with("job", "j-1")))
                        .as(what)
                        .isInstanceOf(RequestRejectedException.class)
                        .hasMessageContaining("lobby may not");
            }
            assertThatThrownBy(() -> ask(view, LabMessage.request("queue").with("action", "pause")))
                    .isInstanceOf(RequestRejectedException.class);
            assertThatThrownBy(() -> ask(nobody, LabMessage.request("suts")))
                    .isInstanceOf(RequestRejectedException.class);
        }
    }

    @Test
    void noMachineIsStartedAnewUnderTheHandsOfWhoHasReservedThePlace() throws IOException {
        try (LabRig rig = new LabRig(folder, "ops: alice, bob\ntokensFile: lab.tokens");
                LabConnection alice = rig.console("alice s3cret-a");
                LabConnection bob = rig.console("bob s3cret-b");
                LabConnection agent = rig.connect(Role.AGENT, "rig s3cret-r")) {
            ask(alice, LabMessage.request("reserve").with("seconds", 3600).with("note", "rewiring"));
            ask(agent, LabRig.hello("rig"));
            String bobs = queue(bob, "rig", "reboot", "action");
            String fans = queue(alice, "rig", "fans", "action");

            LabRig.ready(agent);

            assertThat(LabRig.next(agent, "job").text("job")).as("her own").isEqualTo(fans);
            ask(agent, LabRig.outcome(fans, 1, "complete"));
            LabRig.ready(agent);
            assertThat(LabRig.job(bob, bobs).text("state")).isEqualTo("queued");
            ask(alice, LabMessage.request("reserve").with("action", "release"));
            assertThat(LabRig.next(agent, "job").text("job")).isEqualTo(bobs);
        }
    }

    @Test
    void aStrangerIsNotHeard() throws IOException {
        try (LabRig rig = new LabRig(folder, SECTION)) {
            assertThatThrownBy(rig::console)
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("token");
            assertThatThrownBy(() -> rig.console("alice wrong")).isInstanceOf(ProtocolException.class);
            assertThatThrownBy(() -> rig.console("carol s3cret-a")).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aProofOfAnotherRoleIsNone() throws IOException {
        try (LabRig rig = new LabRig(folder, SECTION);
                LabConnection agent = rig.connect(Role.AGENT, "alice s3cret-a")) {
            assertThatThrownBy(() -> ask(agent, LabMessage.request("queue")))
                    .isInstanceOf(RequestRejectedException.class);
            assertThatThrownBy(() -> ask(agent, LabMessage.request("hello").with("sut", "rig")))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("of 'alice'");
        }
    }

    @Test
    void anAgentStandsForItsOwnMachineOnly() throws IOException {
        try (LabRig rig = new LabRig(folder, SECTION);
                LabConnection agent = rig.connect(Role.AGENT, "rig s3cret-r")) {
            assertThatThrownBy(() -> ask(agent, LabMessage.request("hello").with("sut", "other")))
                    .isInstanceOf(RequestRejectedException.class);
            ask(agent, LabMessage.request("hello").with("sut", "rig"));
        }
    }

    @Test
    void aFileOfTokensThatOthersMayReadIsRefused() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("lab.tokens"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> new LabRig(folder, SECTION)).hasMessageContaining("chmod 600");
    }

    @Test
    void whatIsNotWiredIsRefused() throws IOException {
        try (LabRig rig = new LabRig(folder, "wired: rig");
                LabConnection console = rig.console()) {
            assertThatThrownBy(() -> queue(console, "other", "official"))
                    .isInstanceOf(RequestRejectedException.class)
                    .hasMessageContaining("rig");
            queue(console, "other", "plain");
            queue(console, "rig", "official");
        }
    }
}
