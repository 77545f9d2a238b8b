package dev.wattline.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

/** What each test measured, a line each in {@code target/outcomes.tsv}, for the table in {@code docs/reliability.md}. */
final class Outcomes {
    private static final Path FILE = Path.of("target", "outcomes.tsv");

    static {
        write("row\tcase\tdetected after s\texit codes\tnote\n", StandardOpenOption.TRUNCATE_EXISTING);
    }

    private Outcomes() {}

    static void record(Row row, String fault, Duration detected, String exitCodes, String note) {
        write(
                String.format(
                        Locale.ROOT,
                        "%s\t%s\t%.2f\t%s\t%s%n",
                        row,
                        fault,
                        detected.toMillis() / 1e3,
                        exitCodes,
                        note.replace('\t', ' ').replace('\n', ' ')),
                StandardOpenOption.APPEND);
    }

    private static synchronized void write(String line, StandardOpenOption how) {
        try {
            Files.createDirectories(FILE.toAbsolutePath().getParent());
            Files.writeString(FILE, line, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
