package dev.wattline.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All outcomes, in the order of the checks.
 *
 * @param at when the doctor began
 * @param took how long it needed
 */
public record DoctorReport(List<Row> rows, Instant at, Duration took) {

    /** A check's name and outcome. */
    public record Row(String name, CheckOutcome outcome) {}

    public DoctorReport {
        rows = List.copyOf(rows);
    }

    /** This with the outcomes of a doctor that was there before it. */
    public DoctorReport after(DoctorReport before) {
        List<Row> all = new ArrayList<>(rows);
        all.addAll(before.rows);
        return new DoctorReport(all, before.at, before.took.plus(took));
    }

    /** The worst outcome; pass if there are none. */
    public Status verdict() {
        return rows.stream()
                .map(row -> row.outcome().status())
                .max(Comparator.naturalOrder())
                .orElse(Status.PASS);
    }

    /** How many checks came out like this. */
    public long count(Status status) {
        return rows.stream().filter(row -> row.outcome().status() == status).count();
    }
}
