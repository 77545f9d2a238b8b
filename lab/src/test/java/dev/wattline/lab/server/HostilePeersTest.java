package dev.wattline.lab.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.JobReport;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import dev.wattline.protocol.lab.LabProtocol;
import dev.wattline.protocol.lab.LabProtocol.Role;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every message, mutated at random, from agents and consoles: none may end anything but its own connection. So many lines in
 * all as {@code -Dlab.fuzz.lines} says.
 */
class HostilePeersTest {
    private static final int LINES = Integer.getInteger("lab.fuzz.lines", 10_000);
    private static final int LINES_A_CONNECTION = 25; // less than may wait

    private static final List<String> AGENT = List.of(
            "{\"id\":1,\"do\":\"hello\",\"sut\":\"rig\",\"workloads\":[{\"name\":\"bert\"}],\"settings\":[]}",
            "{\"id\":2,\"do\":\"outcome\",\"job\":\"j-1\",\"attempt\":1,\"status\":\"complete\",\"log\":[\"a\"]}",
            "{\"id\":3,\"do\":\"ready\",\"ready\":true,\"why\":\"\"}",
            "{\"id\":4,\"do\":\"handed-over\",\"job\":\"j-1\",\"attempt\":1}",
            "{\"id\":5,\"do\":\"time\"}",
            "{\"id\":6,\"do\":\"auth\",\"name\":\"rig\",\"nonce\":\"00\",\"proof\":\"00\"}",
            "{\"id\":7,\"do\":\"hello\",\"sut\":\"rig\",\"wattline\":\"1\",\"workloads\":[{\"name\":\"bert\",\"params\":"
                    + "[{\"name\":\"n\",\"allowed\":\"1\",\"values\":[\"1\"],\"default\":\"1\"}]}],\"settings\":"
                    + "[{\"name\":\"c\",\"allowed\":\"1 to 2\",\"least\":1,\"greatest\":2,\"restore\":\"1\"}]}",
            "{\"re\":1,\"ok\":true}",
            "{\"event\":\"step\",\"job\":\"j-1\",\"step\":\"setting cap\"}");

    private static final List<String> CONSOLE = List.of(
            "{\"id\":1,\"do\":\"suts\"}",
            "{\"id\":2,\"do\":\"workloads\",\"sut\":\"rig\"}",
            "{\"id\":3,\"do\":\"start\",\"sut\":\"rig\",\"workload\":\"bert\",\"kind\":\"official\",\"params\":{\"n\":\"1\"}}",
            "{\"id\":4,\"do\":\"check\",\"sut\":\"rig\",\"workload\":\"bert\",\"kind\":\"plain\",\"settings\":{\"c\":\"1\"}}",
            "{\"id\":5,\"do\":\"stop\",\"job\":\"j-1\"}",
            "{\"id\":11,\"do\":\"remove\",\"jobs\":[\"j-1\",\"j-2\"]}",
            "{\"id\":12,\"do\":\"remove\",\"mine\":true}",
            "{\"id\":13,\"do\":\"remove\",\"job\":\"j-1\"}",
            "{\"id\":14,\"do\":\"reservation\"}",
            "{\"id\":15,\"do\":\"auth\",\"name\":\"\",\"nonce\":\"00\",\"proof\":\"00\"}",
            "{\"id\":16,\"do\":\"queue\",\"action\":\"pause\"}",
            "{\"id\":17,\"do\":\"queue\",\"action\":\"resume\"}",
            "{\"id\":18,\"do\":\"reserve\",\"action\":\"kick\"}",
            "{\"id\":6,\"do\":\"retry\",\"job\":\"j-1\"}",
            "{\"id\":7,\"do\":\"queue\",\"action\":\"move\",\"job\":\"j-1\",\"place\":1}",
            "{\"id\":8,\"do\":\"reserve\",\"action\":\"take\",\"seconds\":60,\"note\":\"x\"}",
            "{\"id\":9,\"do\":\"logs\",\"job\":\"j-1\"}",
            "{\"id\":10,\"do\":\"watch\",\"job\":\"j-1\"}");

    @TempDir
    Path folder;

    @Test
    void mutatedMessagesEndNothingButTheirConnection() throws IOException {
        Random random = new Random(15);
        try (LabRig rig = new LabRig(folder, "view: none")) {
            for (int sent = 0; sent < LINES; sent += LINES_A_CONNECTION) {
                boolean agent = random.nextBoolean();
                send(rig.port(), agent ? Role.AGENT : Role.CONSOLE, agent ? AGENT : CONSOLE, random);
            }
            // What they asked is worked off first, and who waits longer than a greeting may take is hung up on.
            await().atMost(LabRig.PATIENCE)
                    .ignoreExceptionsInstanceOf(ControlConnectionException.class)
                    .untilAsserted(() -> {
                        try (LabConnection console = rig.console()) {
                            assertThat(LabRig.ask(console, LabMessage.request("queue"))
                                            .has("jobs"))
                                    .isTrue();
                        }
                    });
        }
        // What they left in the journal is read again.
        try (LabRig rig = new LabRig(folder, "view: none");
                LabConnection console = rig.console()) {
            assertThat(LabRig.ask(console, LabMessage.request("suts")).has("suts"))
                    .isTrue();
        }
    }

    private static void send(int port, Role role, List<String> messages, Random random) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder text = new StringBuilder(LabProtocol.GREETING + role.word() + "\n");
            for (int i = 0; i < LINES_A_CONNECTION; i++) {
                text.append(mutated(messages.get(random.nextInt(messages.size())), random))
                        .append('\n');
            }
            OutputStream out = socket.getOutputStream();
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (SocketException e) {
            assertThat(e).as("hung up on in the middle").hasMessageMatching("(?i).*(reset|pipe|closed).*");
        }
    }

    private static String mutated(String message, Random random) {
        StringBuilder text = new StringBuilder(message);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(5)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, (char) (1 + random.nextInt(0x2fff)));
                case 2 -> text.setCharAt(at, "{}[]\":,0-9e.".charAt(random.nextInt(12)));
                case 3 -> text.insert(at, text.substring(at));
                default -> text.insert(at, "9".repeat(random.nextInt(40)));
            }
            if (text.isEmpty()) {
                break;
            }
        }
        return text.toString();
    }

    @Test
    void aLineWithoutEndIsCutOff() throws IOException {
        try (LabRig rig = new LabRig(folder, "view: none");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), rig.port())) {
            socket.setSoTimeout((int) LabRig.PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write((LabProtocol.GREETING + "console\n" + "x".repeat(LabProtocol.MAX_LINE_BYTES + 1))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            byte[] all = socket.getInputStream().readAllBytes();
            assertThat(new String(all, StandardCharsets.UTF_8)).startsWith(LabProtocol.OK);
        }
    }

    @Test
    void mutatedLinesAreMessagesOrRefused() {
        Random random = new Random(16);
        for (int i = 0; i < LINES; i++) {
            List<String> all = random.nextBoolean() ? AGENT : CONSOLE;
            String line = mutated(all.get(random.nextInt(all.size())), random);
            try {
                LabMessage message = LabJson.parse(line);
                assertThat(LabJson.parse(LabJson.line(message))).isEqualTo(message);
                JobOrder.of(message);
            } catch (LabMessageException e) {
                assertThat(e.getMessage()).containsAnyOf("expected", "is missing", "too large", "more than");
            }
            try {
                JobReport.of(LabJson.parse(line));
            } catch (LabMessageException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
