package dev.wattline.sut.loadgen;

import dev.wattline.files.LoadgenLog;
import dev.wattline.files.PowerWindow;
import dev.wattline.sut.SutException;
import dev.wattline.sut.output.ClientLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the logs that a workload has just written: below INDIR, the {@code mlperf_log_detail.txt} whose power window
 * lies inside the workload's run. The reference takes the first that matches; where several do, this takes the one with
 * a summary beside it that covers most of the run, and says so.
 */
public final class LoadgenLogFinder {
    private static final int NAMED_CANDIDATES = 3;

    private final Path folder;
    private final ClientLog log;
    private final Consumer<String> finding;

    /** @param finding told of what the one who reads the result should know */
    public LoadgenLogFinder(Path folder, ClientLog log, Consumer<String> finding) {
        this.folder = folder;
        this.log = log;
        this.finding = finding;
    }

    /** A pair of logs, the power window in them, and how many of their lines were too long to be read. */
    public record Found(Path folder, PowerWindow window, long longLines) {
        public Path detail() {
            return folder.resolve(LoadgenLog.DETAIL);
        }

        public Path summary() {
            return folder.resolve(LoadgenLog.SUMMARY);
        }

        boolean hasSummary() {
            return Files.isRegularFile(summary());
        }
    }

    /**
     * The logs of a workload that ran from {@code begin} to {@code end}.
     *
     * @throws OutsideWindowException if there are only such with another power window
     * @throws SutException if there are none
     */
    public Found find(Instant begin, Instant end) {
        List<Found> all = windows();
        List<Found> matching = all.stream()
                .filter(found -> found.window().begin().isAfter(begin)
                        && found.window().end().isBefore(end))
                .sorted(Comparator.comparing(Found::hasSummary)
                        .thenComparing(LoadgenLogFinder::length)
                        .reversed())
                .toList();
        if (matching.isEmpty()) {
            throw missing(all, begin, end);
        }
        Found best = matching.get(0);
        if (matching.size() > 1) {
            log.warning(matching.size() + " LoadGen logs below " + folder + " lie inside the workload's run; taking "
                    + best.folder());
        }
        if (!best.hasSummary()) {
            throw new SutException(
                    "there is no " + LoadgenLog.SUMMARY + " beside " + best.detail(),
                    "The workload must let LoadGen finish, which writes both logs.");
        }
        if (best.longLines() > 0) {
            finding.accept(longLines(best.longLines(), best.detail()));
        }
        return best;
    }

    private static String longLines(long count, Path detail) {
        return (count == 1 ? "a line of " : count + " lines of ") + detail + (count == 1 ? " has" : " have")
                + " more than " + LoadgenLog.MAX_LINE + " characters; what lies behind those was not looked at";
    }

    private static Duration length(Found found) {
        return Duration.between(found.window().begin(), found.window().end());
    }

    private List<Found> windows() {
        List<Found> found = new ArrayList<>();
        for (Path detail : details()) {
            try {
                LoadgenLog.Scan scan = LoadgenLog.scan(detail);
                Path parent = detail.getParent();
                if (scan.window().isPresent() && parent != null) {
                    found.add(new Found(parent, scan.window().get(), scan.longLines()));
                } else if (scan.longLines() > 0) {
                    finding.accept(
                            detail + " has no power_begin and power_end; " + longLines(scan.longLines(), detail));
                } else {
                    log.warning(detail + " has no power_begin and power_end: LoadGen did not finish");
                }
            } catch (IOException e) {
                log.warning("cannot read " + detail + ": " + e);
            }
        }
        return found;
    }

    private List<Path> details() {
        if (!Files.isDirectory(folder)) {
            throw new SutException("INDIR (-L) " + folder + " is no folder after the workload has run", remedy());
        }
        try (Stream<Path> files = Files.find(
                folder,
                Integer.MAX_VALUE,
                (path, attributes) -> String.valueOf(path.getFileName()).equals(LoadgenLog.DETAIL))) {
            return files.sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new SutException("cannot search " + folder + " for LoadGen logs: " + e, "Check its permissions.", e);
        }
    }

    private SutException missing(List<Found> all, Instant begin, Instant end) {
        if (all.isEmpty()) {
            return new SutException("found no finished " + LoadgenLog.DETAIL + " below INDIR (-L) " + folder, remedy());
        }
        List<Found> latest = all.stream()
                .sorted(Comparator.comparing((Found found) -> found.window().begin())
                        .reversed())
                .toList();
        String others = latest.stream()
                .limit(NAMED_CANDIDATES)
                .map(found -> found.folder() + " (" + found.window().begin() + " to "
                        + found.window().end() + ")")
                .collect(Collectors.joining(", "));
        return new OutsideWindowException(
                latest.get(0).window(),
                "no LoadGen log below " + folder + " has its power window inside the workload's run, " + begin + " to "
                        + end + "; there is " + others,
                "The workload must write new logs on each run, and LoadGen must take its times in UTC.");
    }

    private static String remedy() {
        return "The workload must write LoadGen's logs into the folder given with -L, on each of its two runs.";
    }
}
