package dev.wattline.ledger.tiny;

import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trial of the energy runner since v1.3, in {@code results.json}: an object a trial with {@code power.samples}, the energy
 * of each millisecond in J, and {@code power.timestamps}, pairs of a line's number and a millisecond. The trial runs from
 * the last but one to the last of these.
 *
 * @param startS begin of the trial in its samples, s
 * @param endS its end, s
 * @param energyUJ the samples between, uJ
 */
record TrialTrace(double startS, double endS, double energyUJ) {
    static final double RATE_HZ = 1000;

    private static final double MICRO = 1e6;

    /**
     * Reads the trials of a file.
     *
     * @return empty if the file has no power
     * @throws LedgerException if it is no JSON, or time stamps do not lie in the samples
     * @throws IOException if it cannot be read
     */
    static List<TrialTrace> read(Path file) throws IOException {
        List<TrialTrace> trials = new ArrayList<>();
        if (JsonFile.read(file) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> trial
                        && trial.get("power") instanceof Map<?, ?> power
                        && power.get("samples") instanceof List<?> samples
                        && power.get("timestamps") instanceof List<?> stamps
                        && stamps.size() > 1) {
                    trials.add(of(file, trials.size(), samples, stamps));
                }
            }
        }
        return trials;
    }

    private static TrialTrace of(Path file, int trial, List<?> samples, List<?> stamps) {
        int from = stamp(stamps.get(stamps.size() - 2));
        int to = stamp(stamps.get(stamps.size() - 1));
        if (from < 0 || to < from || to > samples.size()) {
            throw new LedgerException(
                    file + ": the time stamps of trial " + trial + ", " + stamps + ", do not lie in its "
                            + samples.size() + " samples",
                    "Get the file again.",
                    null);
        }
        double joules = 0;
        for (Object sample : samples.subList(from, to)) {
            joules += sample instanceof Number number ? number.doubleValue() : Double.NaN;
        }
        return new TrialTrace(from / RATE_HZ, to / RATE_HZ, joules * MICRO);
    }

    private static int stamp(Object pair) {
        return pair instanceof List<?> list && list.size() == 2 && list.get(1) instanceof Number number
                ? number.intValue()
                : -1;
    }
}
