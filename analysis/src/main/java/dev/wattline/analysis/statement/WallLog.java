package dev.wattline.analysis.statement;

import dev.wattline.analysis.powerlog.DeviceLog;
import dev.wattline.analysis.powerlog.LogInput;
import dev.wattline.analysis.powerlog.PowerLog;
import dev.wattline.analysis.powerlog.Scope;
import dev.wattline.analysis.read.PowerLogs;
import dev.wattline.analysis.result.Inputs;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.analysis.series.PowerSeries;
import dev.wattline.analysis.series.WallSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The wall's side of an analysis: an analyzer's {@code spl.txt} or, where there is no analyzer, what nodes say of their own
 * power, added up.
 *
 * @param series power over time
 * @param form the log's form
 */
public record WallLog(WallSeries series, String form) {
    private static final long PROBE_BYTES = 1 << 20;

    /**
     * Reads the wall's side.
     *
     * @param columns names of the columns where the file is a table without a header; empty for anything else
     * @param warnings what a user is to know of it is added here
     * @throws AnalysisInputException if it cannot be read, or holds the power of something else than a wall or nodes
     */
    public static WallLog read(Path file, List<String> columns, List<String> warnings) {
        try {
            if (columns.isEmpty() && !PowerLogs.isKnown(file)) {
                return new WallLog(WallSeries.read(file), Inputs.SPL);
            }
            PowerLog log = PowerLogs.read(file, LogInput.Options.all(null).withColumns(columns));
            return new WallLog(ofNodes(log, file, warnings), log.origin().form());
        } catch (IOException e) {
            throw AnalysisInputException.unreadable(file, "Give the spl.txt of a phase, or PTDaemon's -l file.", e);
        }
    }

    /** Whether a log given as telemetry holds the power of whole nodes; false, too, where it cannot be read. */
    public static boolean isOfNodes(Path file, List<String> columns) {
        try {
            LogInput.Options head =
                    LogInput.Options.all(null).withColumns(columns).withLimit(PROBE_BYTES);
            return PowerLogs.read(file, head).origin().scope() == Scope.NODE;
        } catch (AnalysisInputException e) {
            return false; // whoever reads it as telemetry says what is wrong with it
        }
    }

    private static WallSeries ofNodes(PowerLog log, Path file, List<String> warnings) {
        if (log.origin().scope() != Scope.NODE) {
            throw new AnalysisInputException(
                    file + ": holds the power of a " + log.origin().scope().word() + " ("
                            + log.origin().form() + "), which is not the wall's",
                    "Give an analyzer's spl.txt, or a log of whole nodes.");
        }
        List<PowerSeries> nodes = log.devices().stream()
                .map(WallLog::series)
                .filter(Objects::nonNull)
                .toList();
        if (nodes.isEmpty()) {
            throw log.withoutReadings(file.toString(), String.join(", ", log.fields()));
        }
        warnings.add("The wall's side is what "
                + (nodes.size() == 1 ? "the node says of its" : nodes.size() + " nodes say of their")
                + " own power (" + log.origin().form()
                + "), and no analyzer's: how far it is from the wall is not known and in no interval.");
        if (!log.clock().utc()) {
            warnings.add("The times of the nodes' log have no zone: they are taken for UTC.");
        }
        warnings.addAll(log.complaints());
        PowerSeries first = nodes.get(0);
        long[] ends = new long[first.size()];
        Arrays.setAll(ends, first::timeMs);
        double[] times = Arrays.stream(ends).asDoubleStream().toArray();
        double[] sum = new double[ends.length];
        for (PowerSeries node : nodes) {
            double[] own = node.powerAt(times);
            Arrays.setAll(sum, i -> sum[i] + own[i]);
        }
        return new WallSeries(ends, sum, log.counts().malformed());
    }

    private static @Nullable PowerSeries series(DeviceLog device) {
        PowerSeries series = device.series(device.fields().get(0));
        return series == null || series.size() < 2 ? null : series;
    }
}
