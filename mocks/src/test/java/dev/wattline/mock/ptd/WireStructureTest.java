package dev.wattline.mock.ptd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A recorded dialogue of the reference director: the mock answers each of its commands in the recorded form. */
class WireStructureTest {
    private static final Pattern LINE = Pattern.compile("(\\d+\\.\\d+) #\\d+ (C>S|S>C) +\\d+ (.*)");

    @Test
    void answersARecordedDirectorInTheRecordedForm() throws IOException {
        List<String> lines = Files.readAllLines(SharedData.orSkip("wire/wire-ptd.txt"));
        Bench bench = new Bench(49);
        double clock = Double.NaN;
        String reply = "";
        boolean asked = false;
        int compared = 0;
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                continue;
            }
            double at = Double.parseDouble(matcher.group(1));
            bench.pass(Double.isNaN(clock) ? 0 : at - clock);
            clock = at;
            String text = matcher.group(3).split("\\\\r\\\\n", 2)[0];
            if (matcher.group(2).equals("S>C")) {
                if (asked && !text.equals("<EOF>")) {
                    assertThat(form(reply)).as("reply in %s", line).isEqualTo(form(text));
                    asked = false;
                    compared++;
                }
            } else if (text.equals("<EOF>")) {
                bench.hangUp();
                bench.connect();
            } else {
                int before = bench.sends.size();
                bench.ask(text);
                bench.pass(bench.sends.size() == before ? 1 : 0); // the first command after Stop waits for the tick
                reply = bench.since(before).lines().findFirst().orElse("");
                asked = true;
            }
        }
        assertThat(compared)
                .isEqualTo((int) lines.stream()
                        .filter(line -> line.contains(" C>S ") && !line.endsWith("<EOF>"))
                        .count())
                .isPositive();
    }

    /** The text with its numbers masked; of an identity, what comes before its version. */
    private static String form(String reply) {
        return reply.replaceFirst(",version=.*", "").replaceAll("\\d+(\\.\\d+)?", "#");
    }
}
