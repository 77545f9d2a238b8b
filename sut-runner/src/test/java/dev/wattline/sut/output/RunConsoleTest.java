package dev.wattline.sut.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunConsoleTest {
    private final Screen screen = new Screen();
    private final PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);

    @Test
    void statusIsReplacedAndStandsBelowTheStory() {
        RunConsole console = RunConsole.onTerminal(out, 80, false);
        console.line("ranging: measuring");
        console.status("running 00:01, 100.0 W");
        console.status("running 00:02, 99 W");

        assertThat(screen.lines()).containsExactly("ranging: measuring", "running 00:02, 99 W     ");
    }

    @Test
    void aPromptThatTheWorkloadWroteToTheTerminalStays() {
        RunConsole console = RunConsole.onTerminal(out, 80, false);
        console.status("running 00:01, 100.0 W");
        out.print("Password: ");
        console.status("running 00:02, 99 W");
        console.status("running 00:03, 100 W");

        assertThat(screen.lines()).containsExactly("running 00:03, 100 W    Password: ");
    }

    @Test
    void whatTheWorkloadWritesStaysAndIsKeptApartFromTheStatus() {
        RunConsole console = RunConsole.onTerminal(out, 80, false);
        console.status("running 00:01");
        out.print("loading\nloaded\n");
        console.status("running 00:02");
        out.print("done\n");
        console.line("the workload ended");

        assertThat(screen.lines())
                .containsExactly("running 00:01  loading", "loaded", "running 00:02  done", "the workload ended", "");
    }

    @Test
    void statusDoesNotWrapInANarrowTerminal() {
        RunConsole console = RunConsole.onTerminal(out, 20, false);
        console.status("x".repeat(50));
        console.line("end");

        assertThat(screen.lines()).containsExactly("end", "");
    }

    @Test
    void statusLeavesNothingBehind() {
        RunConsole console = RunConsole.onTerminal(out, 80, false);
        console.line("begin");
        console.status("running 00:01");
        console.clearStatus();

        assertThat(screen.lines()).containsExactly("begin", "");
    }

    @Test
    void plainLinesHaveNoStatusAndNoControlCharacters() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RunConsole console = RunConsole.ofPlainLines(new PrintStream(bytes, true, StandardCharsets.UTF_8), true);
        console.status("running 00:01");
        console.line("a line");
        console.logged("a line of the log");
        console.clearStatus();

        assertThat(console.hasStatusLine()).isFalse();
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("a line", "a line of the log");
    }

    /** As much of a terminal as is used here: line ends, carriage return, and clearing the rest of a line. */
    private static final class Screen extends ByteArrayOutputStream {

        /** What is to be seen, down to the cursor. */
        List<String> lines() {
            List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
            int row = 0;
            int column = 0;
            String text = toString(StandardCharsets.UTF_8).replace("\033[K", "\1");
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case '\1' ->
                        rows.get(row).setLength(Math.min(column, rows.get(row).length()));
                    case '\r' -> column = 0;
                    case '\n' -> {
                        row++;
                        column = 0;
                        if (row == rows.size()) {
                            rows.add(new StringBuilder());
                        }
                    }
                    default -> {
                        StringBuilder line = rows.get(row);
                        line.replace(column, Math.min(column + 1, line.length()), String.valueOf(c));
                        column++;
                    }
                }
            }
            return rows.stream().map(StringBuilder::toString).toList();
        }
    }
}
