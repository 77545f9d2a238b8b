package dev.wattline.cli.check;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.Progress;
import dev.wattline.compliance.Decimals;
import dev.wattline.compliance.metric.PowerMetric;
import dev.wattline.compliance.run.OrderedWork;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.compliance.run.SessionMetric;
import dev.wattline.ledger.out.CsvOutput;
import dev.wattline.ledger.out.json.MetricJson;
import dev.wattline.model.Rounding;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The metrics of all sessions below folders, as a table, CSV or JSON. */
final class MetricTree {

    /** What is printed. */
    enum Form {
        TABLE,
        CSV,
        JSON
    }

    private record Place(Path tree, Path session) {
        String shown() {
            String relative = tree.relativize(session)
                    .toString()
                    .replace(session.getFileSystem().getSeparator(), "/");
            return relative.isEmpty() ? "." : relative;
        }
    }

    private record Outcome(Place place, PowerMetric metric) {}

    private final @Nullable String round;
    private final @Nullable String scenario;
    private boolean all = true;

    MetricTree(@Nullable String round, @Nullable String scenario) {
        this.round = round;
        this.scenario = scenario;
    }

    /**
     * Prints them; the exit status is 0 if each session has a metric.
     *
     * @throws UsageException if a folder is not there or holds no session
     */
    int print(List<Path> trees, int threads, Form form) throws IOException, InterruptedException {
        List<Place> places = new ArrayList<>();
        for (Path tree : trees) {
            sessions(tree).forEach(session -> places.add(new Place(tree, session)));
        }
        // UTF-8 whatever the locale: folders must come out as they are.
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 14), false, StandardCharsets.UTF_8);
        switch (form) {
            case JSON -> {
                try (MetricJson json = new MetricJson(out)) {
                    read(
                            places,
                            threads,
                            (place, metric) -> json.add(place.tree().toString(), place.shown(), metric));
                }
            }
            case CSV -> csv(places, threads, out);
            default -> table(places, threads, out);
        }
        out.flush();
        if (out.checkError()) {
            throw OutputException.ofStandardOutput();
        }
        return all ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }

    private static List<Path> sessions(Path tree) throws IOException {
        if (!Files.isDirectory(tree)) {
            throw new UsageException(
                    "there is no folder " + tree, "Name the folder below which the sessions are with --tree.");
        }
        List<Path> below = SessionFinder.below(tree);
        if (below.isEmpty()) {
            throw new UsageException(
                    "there is no session below " + tree, "A session is a folder that holds power, ranging and run_1.");
        }
        return below;
    }

    private void read(List<Place> places, int threads, BiConsumer<Place, PowerMetric> to) throws InterruptedException {
        try (Progress progress = new Progress("read", "sessions", places.size())) {
            OrderedWork.run(
                    places,
                    Math.min(threads, places.size()),
                    place -> new Outcome(
                            place,
                            SessionMetric.read(place.session(), round, scenario).metric()),
                    outcome -> {
                        all &= outcome.metric().value() != null;
                        progress.clear();
                        to.accept(outcome.place(), outcome.metric());
                        progress.step();
                    });
        }
    }

    private void csv(List<Place> places, int threads, PrintStream out) throws IOException, InterruptedException {
        try (CsvOutput csv = new CsvOutput(
                new OutputStreamWriter(out, StandardCharsets.UTF_8),
                "session",
                "value",
                "unit",
                "scenario",
                "ci95_low",
                "ci95_high",
                "avg_watts",
                "energy_j",
                "samples",
                "efficiency",
                "notes",
                "tree",
                "doubts")) {
            read(places, threads, (place, metric) -> {
                PowerMetric.Interval ci95 = metric.ci95();
                csv.row(
                        place.shown(),
                        metric.value(),
                        metric.unit(),
                        metric.scenario(),
                        ci95 == null ? null : ci95.low(),
                        ci95 == null ? null : ci95.high(),
                        metric.averageWatts(),
                        metric.energyJoules(),
                        metric.samples(),
                        metric.efficiency(),
                        String.join("; ", metric.noteTexts()),
                        place.tree(),
                        String.join("; ", metric.doubtTexts()));
            });
        }
    }

    private void table(List<Place> places, int threads, PrintStream out) throws InterruptedException {
        out.printf("%14s  %-10s  %-9s  %-12s  %7s  %s%n", "value", "unit", "+/-", "scenario", "samples", "session");
        read(places, threads, (place, metric) -> {
            Double value = metric.value();
            String half = metric.ci95() == null || value == null || value == 0
                    ? ""
                    : Decimals.percent(metric.relativeHalfWidth(), 2);
            out.printf(
                    "%14s  %-10s  %-9s  %-12s  %7d  %s%n",
                    value == null ? "none" : Rounding.within(value, metric.halfWidth()),
                    metric.unit() == null ? "" : metric.unit(),
                    half,
                    metric.scenario(),
                    metric.samples(),
                    place.shown());
            metric.doubtTexts().forEach(doubt -> out.printf("%16snot clean: %s%n", "", doubt));
            if (value == null) {
                metric.noteTexts().forEach(note -> out.printf("%16s%s%n", "", note));
            }
        });
    }
}
