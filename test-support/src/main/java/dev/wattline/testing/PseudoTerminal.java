package dev.wattline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs on a terminal: a pseudo-terminal made by a short Python program ({@code pseudo_terminal.py}), which passes on
 * what is typed by its standard input and what the terminal shows, and exits as the program does, with 128 + n after
 * signal n. Python's module {@code pty} is needed.
 */
public final class PseudoTerminal {
    /** What Ctrl-C types. */
    public static final String CTRL_C = "\u0003";

    /** What Ctrl-Z types. */
    public static final String CTRL_Z = "\u001a";

    private static final String PYTHON = "python3";

    private PseudoTerminal() {}

    /** The command line that runs another one on a terminal; skips the calling test if there is no Python for it. */
    public static List<String> commandOrSkip(List<String> command) {
        assumeTrue(Python.HAS_PTY, "no python3 with a module pty on PATH, which makes terminals for tests: skipped");
        List<String> line = new ArrayList<>(List.of(PYTHON, "-c", script()));
        line.addAll(command);
        return line;
    }

    private static String script() {
        try (InputStream in = PseudoTerminal.class.getResourceAsStream("pseudo_terminal.py")) {
            if (in == null) {
                throw new IllegalStateException("pseudo_terminal.py is not beside this class");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Python {
        static final boolean HAS_PTY = hasPty();

        private static boolean hasPty() {
            try {
                Process python = new ProcessBuilder(PYTHON, "-c", "import pty, termios")
                        .redirectErrorStream(true)
                        .start();
                python.getInputStream().readAllBytes();
                return python.waitFor(TestDeadlines.seconds(10).toMillis(), TimeUnit.MILLISECONDS)
                        && python.exitValue() == 0;
            } catch (IOException e) {
                return false; // there is no such program
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
