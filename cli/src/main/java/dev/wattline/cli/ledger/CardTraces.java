package dev.wattline.cli.ledger;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.ledger.study.TraceCorrelations;
import dev.wattline.ledger.study.TraceCorrelations.Pair;
import dev.wattline.ledger.study.TraceCorrelations.Trace;
import dev.wattline.model.Rounding;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Power logs of several cards or nodes, whose powers are correlated. */
final class CardTraces {
    private static final String LEDGER = "wattlineLedger";
    private static final int HEAD = 64;
    private static final int MOST_PAIRS = 30;

    private final List<Trace> traces = new ArrayList<>();
    private final boolean several;

    /**
     * @param several whether there is more than one log, so that a trace's name needs the log's
     */
    CardTraces(boolean several) {
        this.several = several;
    }

    /** Whether a file is a power log and no ledger. */
    static boolean isLog(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
            if (head.contains(LEDGER)) {
                return false;
            }
        }
        return PowerLogs.isKnown(file);
    }

    /**
     * Adds each card or node of a log, by the first of its power fields that has readings.
     *
     * @throws dev.wattline.analysis.series.AnalysisInputException if it cannot be read
     */
    void add(Path file) {
        PowerLog log = PowerLogs.read(file, LogInput.Options.all(null));
        for (DeviceLog device : log.devices()) {
            for (String field : log.fields()) {
                PowerSeries series = device.series(field);
                if (series != null && series.size() > 1) {
                    traces.add(trace(file, device, series));
                    break;
                }
            }
        }
        log.complaints().forEach(complaint -> System.err.println(file + ": " + complaint));
    }

    private Trace trace(Path file, DeviceLog device, PowerSeries series) {
        String card = device.key().isEmpty() ? device.name() : device.key();
        String name = !several ? card : card.isEmpty() ? file.toString() : file + " " + card;
        long[] millis = new long[series.size()];
        double[] watts = new double[series.size()];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = series.timeMs(i);
            watts[i] = series.watts(i);
        }
        return new Trace(name, millis, watts);
    }

    /** The correlations; null without two traces. */
    @Nullable
    TraceCorrelations correlations() {
        return traces.size() < 2 ? null : TraceCorrelations.of(traces);
    }

    static void print(PrintStream console, TraceCorrelations correlations) {
        console.printf(
                Locale.ROOT,
                "card to card: correlation of power, steps of %s s%n",
                Rounding.within(correlations.stepMillis() / 1e3, Double.NaN));
        List<Pair> known = correlations.pairs().stream()
                .filter(pair -> pair.power() != null)
                .sorted(Comparator.comparing(pair -> pair.power() == null ? 0 : pair.power()))
                .toList();
        console.printf(
                Locale.ROOT,
                "  %d pairs, of %d it cannot be said%n",
                correlations.pairs().size(),
                correlations.pairs().size() - known.size());
        if (known.size() > 1) {
            console.printf(
                    "  r of power: least %s, median %s, greatest %s%n",
                    r(known.get(0).power()),
                    r(known.get(known.size() / 2).power()),
                    r(known.get(known.size() - 1).power()));
        }
        for (Pair pair : correlations
                .pairs()
                .subList(0, Math.min(MOST_PAIRS, correlations.pairs().size()))) {
            console.printf(
                    Locale.ROOT,
                    "  r of power %8s %-20s  of its changes %8s  %6d steps  %s, %s%n",
                    r(pair.power()),
                    pair.low() == null || pair.high() == null
                            ? "(no interval)"
                            : "(" + r(pair.low()) + " to " + r(pair.high()) + ")",
                    r(pair.changes()),
                    pair.steps(),
                    pair.first(),
                    pair.second());
        }
        if (correlations.pairs().size() > MOST_PAIRS) {
            console.printf(
                    "  and %d more pairs, all in --json%n", correlations.pairs().size() - MOST_PAIRS);
        }
    }

    private static String r(@Nullable Double value) {
        return value == null ? "unknown" : String.format(Locale.ROOT, "%.3f", value);
    }
}
