package dev.wattline.ledger.training;

import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.LedgerException;
import dev.wattline.ledger.read.json.JsonFile;
import dev.wattline.ledger.read.json.MllogLines;
import dev.wattline.ledger.row.Measure;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes the energy to train of a folder of results, as the official result summarizer does and in the run's window.
 *
 * <p>Official, by {@code _compute_power_node} and {@code _compute_strong_score_standalone} of mlcommons/logging: per node
 * the mean of the whole log times the time to train times {@code conversion_eff}; per switch the estimated power times the
 * time to train; the mean over the runs without the best and the worst time to train (four of each for unet3d, one for all
 * others), times the factor of {@code scaling.json}. Where the stop stamp repeats the start stamp, the last reading ends
 * the log.
 */
public final class TrainingStudy {
    private static final double NOTABLE = 0.01; // official against window, as a fraction
    private static final double GAP_INTERVALS = 5;
    private static final double FULL_COVERAGE = 0.999;

    private final Path folder;
    private final String shown;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<List<Object>, String> seen = new HashMap<>();

    private TrainingStudy(Path folder, String shown) {
        this.folder = folder;
        this.shown = shown;
    }

    /**
     * Reads a folder of results.
     *
     * @param shown its name in the outcome
     * @throws IOException if a file in it cannot be read
     */
    public static TrainingFolder of(Path folder, String shown) throws IOException {
        return new TrainingStudy(folder, shown).study();
    }

    private TrainingFolder study() throws IOException {
        List<TrainingRun> runs = new ArrayList<>();
        for (Path result : TrainingTree.resultFiles(folder)) {
            runs.add(run(result));
        }
        double scaling = scalingFactor();
        int dropped = folder.getFileName().toString().equals("unet3d") ? 4 : 1;
        List<TrainingRun> valid = runs.stream()
                .filter(run -> run.converged() && run.trainSeconds() != null)
                .toList();
        boolean weak = isWeak();
        if (weak ? valid.size() < 2 : valid.size() <= 2 * dropped) {
            findings.add(Finding.of("training-too-few-runs", "there are not enough runs for an olympic mean")
                    .with("runs", valid.size())
                    .with("needed", weak ? 2 : 2 * dropped + 1));
        }
        int failed = runs.size() - valid.size();
        Double official = weak
                ? withoutLeast(valid, TrainingRun::officialJ)
                : olympic(valid, failed, dropped, TrainingRun::officialJ, scaling);
        Double window = mean(valid, TrainingRun::windowJ);
        Double understatement = medianUnderstatement(valid);
        summarise(valid, understatement);
        return new TrainingFolder(
                shown,
                official,
                weak
                        ? withoutLeast(valid, TrainingRun::fileOrderJ)
                        : olympic(valid, failed, dropped, TrainingRun::fileOrderJ, scaling),
                window,
                weak ? null : olympic(valid, failed, dropped, TrainingRun::trainSeconds, scaling),
                scaling,
                dropped,
                understatement,
                runs,
                oneOfAKind());
    }

    /** What many logs have alike is one finding, that of the first of them, with the ranges of its values. */
    private List<Finding> oneOfAKind() {
        Map<String, List<Finding>> kinds = new LinkedHashMap<>();
        findings.forEach(finding ->
                kinds.computeIfAbsent(finding.id(), id -> new ArrayList<>()).add(finding));
        List<Finding> merged = new ArrayList<>();
        for (List<Finding> kind : kinds.values()) {
            Finding first = kind.get(0);
            if (kind.size() == 1) {
                merged.add(first);
                continue;
            }
            Finding one = Finding.of(first.id(), "in " + kind.size() + " places, in the first: " + first.message())
                    .at(first.file(), first.line())
                    .with("places", kind.size());
            for (String name : first.values().keySet()) {
                one = one.with(name, range(kind, name));
            }
            merged.add(one);
        }
        return merged;
    }

    private static String range(List<Finding> kind, String name) {
        List<String> values = kind.stream()
                .map(finding -> finding.values().get(name))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        double[] numbers = values.stream().mapToDouble(Measure::number).sorted().toArray();
        boolean all = numbers.length > 0 && !Double.isNaN(numbers[numbers.length - 1]);
        return values.size() == 1 || !all
                ? String.join(", ", values)
                : Decimals.significant(numbers[0], 6) + " to " + Decimals.significant(numbers[numbers.length - 1], 6);
    }

    private double scalingFactor() throws IOException {
        Path file = folder.resolve("scaling.json");
        if (!Files.exists(file)) {
            return 1;
        }
        if (JsonFile.object(file).get("scaling_factor") instanceof Number number && number.doubleValue() > 0) {
            return number.doubleValue();
        }
        throw new LedgerException(
                file + ": expected a number above 0 under scaling_factor", "Get the file again.", null);
    }

    /** A value that a run may lack. */
    private interface Value {
        @Nullable
        Double of(TrainingRun run);
    }

    /**
     * Whether the runs are those of weak scaling of MLPerf HPC, which trains many models at a time; their folder lies in one
     * of that name.
     */
    private boolean isWeak() {
        Path parent = folder.toAbsolutePath().normalize().getParent();
        return parent != null && parent.endsWith("weak");
    }

    /** The official mean of weak scaling: all runs that ended with success but the one of the least energy, unscaled. */
    private static @Nullable Double withoutLeast(List<TrainingRun> valid, Value value) {
        boolean known = valid.stream().allMatch(run -> value.of(run) != null);
        if (!known || valid.size() < 2) {
            return null;
        }
        return mean(
                valid.stream()
                        .sorted(Comparator.comparingDouble(run -> Objects.requireNonNull(value.of(run))))
                        .skip(1)
                        .toList(),
                value);
    }

    private static @Nullable Double olympic(
            List<TrainingRun> valid, int failed, int dropped, Value value, double scaling) {
        // A run that failed counts as one of the slowest, which are dropped anyway.
        int atEnd = Math.max(0, dropped - failed);
        boolean known = valid.stream().allMatch(run -> value.of(run) != null);
        if (!known || failed > dropped || valid.size() - dropped - atEnd <= 0) {
            return null;
        }
        List<TrainingRun> counted = valid.stream()
                .sorted(Comparator.comparingDouble(run -> Objects.requireNonNull(run.trainSeconds())))
                .toList()
                .subList(dropped, valid.size() - atEnd);
        Double mean = mean(counted, value);
        return mean == null ? null : mean * scaling;
    }

    private static @Nullable Double mean(List<TrainingRun> runs, Value value) {
        double sum = 0;
        for (TrainingRun run : runs) {
            Double of = value.of(run);
            if (of == null) {
                return null;
            }
            sum += of;
        }
        return runs.isEmpty() ? null : sum / runs.size();
    }

    private static @Nullable Double medianUnderstatement(List<TrainingRun> runs) {
        double[] sorted = runs.stream()
                .map(TrainingRun::understatement)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int n = sorted.length;
        return n == 0 ? null : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }

    private TrainingRun run(Path result) throws IOException {
        String file = result.getFileName().toString();
        String name = file.substring(0, file.length() - ".txt".length());
        TrainingWindow window = TrainingWindow.read(result);
        boolean converged = window.status() == null || window.status().equals("success");
        if (!window.complete() || !converged) {
            findings.add(Finding.of(
                            "training-run-not-ended",
                            converged ? "the result lacks run_start or run_stop" : "the run ended without success")
                    .in(file)
                    .with("status", String.valueOf(window.status())));
        }
        List<PowerReadings> logs = nodeLogs(name);
        double interconnectWatts = interconnectWatts(name);
        Double seconds = window.complete() ? window.seconds() : null;
        if (seconds == null || logs.isEmpty() || !logs.stream().allMatch(PowerReadings::usable)) {
            return new TrainingRun(name, seconds, converged, null, null, null, 0, List.of(), null);
        }
        double interconnect = interconnectWatts * seconds;
        double official = interconnect;
        double fileOrder = interconnect;
        double inWindow = interconnect;
        List<TrainingRun.Node> nodes = new ArrayList<>();
        List<Object> content = new ArrayList<>(List.of(window));
        for (PowerReadings log : logs) {
            PowerReadings sorted = log.sorted();
            official += sorted.officialMeanWatts() * seconds;
            fileOrder += log.officialMeanWatts() * seconds;
            inWindow += sorted.energyJoules(window.startMillis(), window.stopMillis());
            nodes.add(node(sorted, log.outOfOrder(), window));
            content.add(log.contentHash());
        }
        String copyOf = seen.putIfAbsent(content, name);
        return new TrainingRun(name, seconds, converged, official, fileOrder, inWindow, interconnect, nodes, copyOf);
    }

    private List<PowerReadings> nodeLogs(String run) throws IOException {
        Path power = folder.resolve("power").resolve(run);
        List<PowerReadings> logs = new ArrayList<>();
        if (Files.isDirectory(power)) {
            for (Path file : TrainingTree.children(power, "node_")) {
                String where = "power/" + run + "/" + file.getFileName();
                PowerReadings log = PowerReadings.read(file, where, findings::add);
                if (!log.usable()) {
                    findings.add(Finding.of(
                                    "training-log-unusable",
                                    Double.isNaN(log.startMillis())
                                            ? "the log lacks power_measurement_start"
                                            : "the log has fewer than two readings")
                            .in(where)
                            .with("readings", log.count()));
                }
                logs.add(log);
            }
        }
        if (logs.isEmpty()) {
            findings.add(Finding.of("training-run-without-power", "the run has no node's power log")
                    .in("power/" + run));
        }
        return logs;
    }

    private double interconnectWatts(String run) throws IOException {
        Path power = folder.resolve("power").resolve(run);
        double watts = 0;
        if (Files.isDirectory(power)) {
            for (Path file : TrainingTree.children(power, "sw_")) {
                watts += switchWatts(file);
            }
        }
        return watts;
    }

    /** The first estimate counts, and an efficiency only if it stands before it, as in the official summarizer. */
    private static double switchWatts(Path file) throws IOException {
        double efficiency = 1;
        try (MllogLines lines = MllogLines.open(file, Set.of("interconnect_power_est", "conversion_eff"))) {
            for (MllogLines.Entry entry = lines.next(); entry != null; entry = lines.next()) {
                if (entry.key().equals("conversion_eff")) {
                    efficiency = entry.number();
                } else if (!Double.isNaN(entry.number())) {
                    return efficiency * entry.number();
                }
            }
        }
        return 0;
    }

    private TrainingRun.Node node(PowerReadings sorted, int outOfOrder, TrainingWindow window) {
        double from = window.startMillis();
        double to = window.stopMillis();
        double coverage = sorted.coverage(from, to);
        if (coverage < FULL_COVERAGE) {
            findings.add(Finding.of(
                            "training-window-not-covered",
                            "readings cover " + Decimals.percent(coverage, 1) + " of the run")
                    .in(sorted.file())
                    .with("coverage", coverage));
        }
        double gap = sorted.longestGapSeconds(from, to);
        if (gap > GAP_INTERVALS * sorted.intervalSeconds()) {
            findings.add(Finding.of("training-reading-gap", Decimals.fixed(gap, 1) + " s of the run have no reading")
                    .in(sorted.file())
                    .with("gap_s", gap)
                    .with("interval_s", sorted.intervalSeconds()));
        }
        double seconds = (to - from) / 1e3;
        return new TrainingRun.Node(
                sorted.file(),
                sorted.count(),
                outOfOrder,
                !sorted.stopIsLater(),
                sorted.efficiency(),
                new TrainingRun.Span((sorted.endMillis() - sorted.startMillis()) / 1e3, sorted.officialMeanWatts()),
                sorted.before(from),
                new TrainingRun.Span(seconds, sorted.energyJoules(from, to) / seconds),
                sorted.after(to),
                coverage);
    }

    /** One finding a folder for what concerns many of its logs alike. */
    private void summarise(List<TrainingRun> runs, @Nullable Double understatement) {
        List<TrainingRun.Node> nodes =
                runs.stream().flatMap(run -> run.nodes().stream()).toList();
        long stopAtStart = nodes.stream().filter(TrainingRun.Node::stopAtStart).count();
        long unordered = nodes.stream().filter(node -> node.outOfOrder() > 0).count();
        TreeSet<Double> efficiencies =
                nodes.stream().map(TrainingRun.Node::efficiency).collect(Collectors.toCollection(TreeSet::new));
        if (stopAtStart > 0) {
            findings.add(Finding.of("training-stop-at-start", "power_measurement_stop carries the stamp of the start")
                    .with("logs", stopAtStart)
                    .with("of", nodes.size()));
        }
        if (unordered > 0) {
            findings.add(Finding.of("training-readings-out-of-order", "readings are not in order of time")
                    .with("logs", unordered)
                    .with("of", nodes.size()));
        }
        if (efficiencies.stream().anyMatch(efficiency -> efficiency != 1)) {
            findings.add(Finding.of("training-conversion-efficiency", "the energies are multiplied by conversion_eff")
                    .with("conversion_eff", efficiencies.toString()));
        }
        OptionalDouble share =
                average(runs, run -> run.officialJ() == null ? 0 : run.interconnectJ() / run.officialJ());
        if (share.orElse(0) > 0) {
            findings.add(Finding.of("training-interconnect-estimated", "the interconnect's power is an estimate")
                    .with("share_of_official", share.getAsDouble()));
        }
        List<String> copies = runs.stream()
                .filter(run -> run.copyOf() != null)
                .map(run -> run.name() + " = " + run.copyOf())
                .toList();
        if (!copies.isEmpty()) {
            findings.add(Finding.of("training-duplicate-run", "runs are listed twice")
                    .with("copies", String.join(", ", copies)));
        }
        if (understatement != null && Math.abs(understatement) >= NOTABLE) {
            findings.add(difference(nodes, understatement));
        }
    }

    /** The official value multiplies the mean of the whole log; these are the parts of the logs that make the difference. */
    private static Finding difference(List<TrainingRun.Node> nodes, double understatement) {
        return Finding.of(
                        understatement > 0 ? "training-official-understates" : "training-official-overstates",
                        "in the run's window the energy is " + Decimals.percent(Math.abs(understatement), 1)
                                + (understatement > 0 ? " more" : " less") + " than the official value (median)")
                .with("median_window_over_official_pct", Decimals.fixed(100 * understatement, 3))
                .with("node_log_s", mean(nodes, node -> node.log().seconds()))
                .with("node_before_s", mean(nodes, node -> node.before().seconds()))
                .with("node_before_w", mean(nodes, node -> node.before().watts()))
                .with("node_window_w", mean(nodes, node -> node.window().watts()))
                .with("node_after_s", mean(nodes, node -> node.after().seconds()))
                .with("node_after_w", mean(nodes, node -> node.after().watts()));
    }

    private static String mean(List<TrainingRun.Node> nodes, ToDoubleFunction<TrainingRun.Node> value) {
        return Decimals.fixed(nodes.stream().mapToDouble(value).average().orElse(Double.NaN), 1);
    }

    private static OptionalDouble average(List<TrainingRun> runs, ToDoubleFunction<TrainingRun> value) {
        return runs.stream().mapToDouble(value).average();
    }
}
