package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattline.model.RangeSetting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dialogue between the reference's director and PTDaemon, where the folder with recorded data is at hand. */
class RecordedDialogueTest {
    private static final String FILE = "data/wire/wire-ptd.txt";

    @Test
    void everyRecordedReplyThatIsCompleteIsUnderstood() throws IOException {
        List<String[]> exchanges = exchanges(recording());
        assertThat(exchanges).hasSizeGreaterThan(20);
        for (String[] exchange : exchanges) {
            PtdCommand<?> command = typed(exchange[0]);
            assertThat(command.line()).isEqualTo(exchange[0]);
            Loopback ptd = new Loopback();
            var result = ptd.execute(command);
            ptd.receive(exchange[1]);
            assertThat(result).as(exchange[0] + " -> " + exchange[1]).isDone();
            if (!exchange[1].startsWith("Invalid")) {
                assertThat(result).as(exchange[0]).isCompleted();
            }
        }
    }

    /** Command lines with the bytes that answer them; the transcript cuts long payloads, which are left out here. */
    private static List<String[]> exchanges(List<String> lines) {
        List<String[]> exchanges = new ArrayList<>();
        String command = "";
        StringBuilder reply = new StringBuilder();
        for (String line : lines) {
            if (line.contains("<EOF>")) {
                continue;
            }
            boolean fromClient = line.contains(" C>S ");
            String payload = line.replaceFirst("^\\S+ \\S+ \\S+ +\\d+ ", "")
                    .replace("\\r", "\r")
                    .replace("\\n", "\n");
            if (fromClient) {
                addComplete(exchanges, command, reply.toString());
                command = payload.strip();
                reply.setLength(0);
            } else {
                reply.append(payload);
            }
        }
        addComplete(exchanges, command, reply.toString());
        return exchanges;
    }

    private static void addComplete(List<String[]> exchanges, String command, String reply) {
        if (!command.isEmpty() && !reply.contains("...") && reply.endsWith("\r\n")) {
            exchanges.add(new String[] {command, reply});
        }
    }

    private static PtdCommand<?> typed(String line) {
        String[] fields = line.split(",", -1);
        return switch (fields[0]) {
            case "Hello" -> new PtdCommand.Hello();
            case "Identify" -> new PtdCommand.Identify();
            case "RR" -> new PtdCommand.ReadRanges();
            case "SR" -> {
                RangeSetting setting = fields[2].equals("Auto") ? RangeSetting.auto() : RangeSetting.ofText(fields[2]);
                yield fields[1].equals("V") ? new PtdCommand.SetVolts(setting) : new PtdCommand.SetAmps(setting);
            }
            case "Go" -> new PtdCommand.Go(Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), fields[3]);
            case "Stop" -> new PtdCommand.Stop();
            case "RL" ->
                fields.length > 1
                        ? new MeasurementQuery.ReadLast(Selector.ALL, Selector.ALL)
                        : new MeasurementQuery.ReadLast();
            case "Watts" -> new MeasurementQuery.Statistics(Quantity.WATTS);
            case "Uncertainty" -> new MeasurementQuery.Uncertainty();
            default -> throw new AssertionError("a command that no client is known to send: " + line);
        };
    }

    private static List<String> recording() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared").resolve(FILE);
            if (Files.exists(file)) {
                return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            }
        }
        assumeTrue(false, "no shared/" + FILE + " beside or above this checkout");
        return List.of();
    }
}
