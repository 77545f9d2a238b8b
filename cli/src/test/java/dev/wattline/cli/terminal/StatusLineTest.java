package dev.wattline.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);

    private StatusLine statusLine(boolean terminal, int columns) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new StatusLine(out, terminal, columns, Duration.ofSeconds(10), time);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void terminalStatusIsWrittenOverAndItsRestWiped() {
        try (StatusLine line = statusLine(true, 80)) {
            line.show("ranging 12 s");
            line.show("done");
            assertThat(printed()).isEqualTo("\rranging 12 s\rdone        ");
        }
        assertThat(printed()).endsWith("\r    \r");
    }

    @Test
    void terminalStatusNeverReachesTheLastColumn() {
        try (StatusLine line = statusLine(true, 20)) {
            line.show("0123456789012345678901234567890");
            assertThat(printed()).isEqualTo("\r0123456789012345678");
        }
    }

    @Test
    void linePrintedOverAStatusLeavesTheStatusBelow() {
        try (StatusLine line = statusLine(true, 80)) {
            line.show("testing 30 s");
            line.print("ranging done");
            assertThat(printed()).isEqualTo("\rtesting 30 s\rranging done\ntesting 30 s");
        }
    }

    @Test
    void unchangedStatusIsNotWrittenAgain() {
        try (StatusLine line = statusLine(true, 80)) {
            line.show("same");
            line.show("same");
            assertThat(printed()).isEqualTo("\rsame");
        }
    }

    @Test
    void withoutATerminalAStatusIsAPlainLineAtMostOnceAnInterval() {
        try (StatusLine line = statusLine(false, 80)) {
            line.show("1 s");
            time.advance(Duration.ofSeconds(9));
            line.show("10 s");
            time.advance(Duration.ofSeconds(1));
            line.show("11 s");
            time.advance(Duration.ofMinutes(1));
            line.show("11 s");
            line.print("end");
        }
        assertThat(printed()).isEqualTo("1 s\n11 s\nend\n");
    }
}
