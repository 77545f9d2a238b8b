package dev.wattline.lab.server;

import static org.assertj.core.api.Assertions.assertThat;

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
            "{\"re\":1,\"ok\":true}",
            "{\"event\":\"step\",\"job\":\"j-1\",\"step\":\"setting cap\"}");

    private static final List<String> CONSOLE = List.of(
            "{\"id\":1,\"do\":\"suts\"}",
            "{\"id\":2,\"do\":\"workloads\",\"sut\":\"rig\"}",
            "{\"id\":3,\"do\":\"start\",\"sut\":\"rig\",\"workload\":\"bert\",\"kind\":\"official\",\"params\":{\"n\":\"1\"}}",
            "{\"id\":4,\"do\":\"check\",\"sut\":\"rig\",\"workload\":\"bert\",\"kind\":\"plain\",\"settings\":{\"c\":\"1\"}}",
            "{\"id\":5,\"do\":\"stop\",\"job\":\"j-1\"}",
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
            try (LabConnection console = rig.console()) {
                LabRig.ask(console, LabMessage.request("queue"));
            }
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
