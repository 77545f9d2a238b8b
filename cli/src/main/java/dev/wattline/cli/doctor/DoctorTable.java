package dev.wattline.cli.doctor;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** The report as a table for a person: a line a check, and below it what to do where there is something to do. */
public final class DoctorTable {
    private static final String RESET = "\u001b[0m";
    private static final int STATUS_COLUMNS = 6;

    private final PrintStream out;
    private final boolean colour;

    /** @param colour whether the statuses may be coloured */
    public DoctorTable(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** Prints all of it. */
    public void print(DoctorReport report) {
        int width = report.rows().stream()
                .mapToInt(row -> row.name().length())
                .max()
                .orElse(0);
        String indent = " ".repeat(STATUS_COLUMNS + width + 2);
        for (DoctorReport.Row row : report.rows()) {
            CheckOutcome outcome = row.outcome();
            out.print(status(outcome.status()));
            out.print(row.name() + " ".repeat(width - row.name().length() + 2));
            out.println(outcome.cause().replace("\n", "\n" + indent));
            if (!outcome.remedy().isEmpty()) {
                out.println(indent + "-> " + outcome.remedy());
            }
        }
        out.println();
        out.println(summary(report));
    }

    private String status(Status status) {
        String word = status == Status.PASS ? "pass" : status.word().toUpperCase(Locale.ROOT);
        String padded = word + " ".repeat(STATUS_COLUMNS - word.length());
        return colour ? colourOf(status) + padded + RESET : padded;
    }

    private static String colourOf(Status status) {
        return switch (status) {
            case PASS -> "\u001b[32m";
            case WARN -> "\u001b[33m";
            case FAIL -> "\u001b[31m";
        };
    }

    private static String summary(DoctorReport report) {
        Duration took = report.took();
        return String.format(
                Locale.ROOT,
                "%d checks in %.1f s: %d passed, %d warned, %d failed",
                report.rows().size(),
                took.toMillis() / 1e3,
                report.count(Status.PASS),
                report.count(Status.WARN),
                report.count(Status.FAIL));
    }
}
