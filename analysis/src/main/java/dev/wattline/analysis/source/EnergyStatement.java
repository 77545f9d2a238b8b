package dev.wattline.analysis.source;

import dev.wattline.analysis.AnalysisRequest;
import dev.wattline.analysis.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was used over an interval, by scope and source, each with its uncertainty, and what the sources say of each other.
 * Scopes are never added up: a package is within the node, and the node's figure holds both.
 *
 * @param seconds the interval's length
 * @param energies a row for each scope and source, the widest scope first; those without a figure too
 * @param verdicts sources against each other
 * @param unseen what no source saw, in words
 * @param wall power at the wall by a calibration; empty without one
 */
public record EnergyStatement(
        double seconds,
        List<ScopeEnergy> energies,
        List<CrossVerdict> verdicts,
        List<String> unseen,
        Optional<Inferred> wall) {
    /** From the outside to the inside. */
    private static final List<String> SCOPES =
            List.of("wall", "node", "psys", "module", "gpu", "package", "cores", "dram", "rail");

    private static final String SMI = "nvidia-smi";

    public EnergyStatement {
        energies = List.copyOf(energies);
        verdicts = List.copyOf(verdicts);
        unseen = List.copyOf(unseen);
    }

    /**
     * Power at the wall that was inferred.
     *
     * @param prediction what it is
     * @param calibration what the user calls the calibration
     * @param hash of the machine that it is of
     */
    public record Inferred(WallPrediction prediction, String calibration, String hash) {}

    /** The same with wall power by a calibration. */
    public EnergyStatement with(WallPrediction prediction, InferredWall by) {
        Inferred inferred =
                new Inferred(prediction, by.name(), by.calibration().machine().hash());
        return new EnergyStatement(seconds, energies, verdicts, unseen, Optional.of(inferred));
    }

    /**
     * The interval that a command ran in.
     *
     * @param beginMs begin in ms since 1970, by the machine's clock
     * @param endMs end
     * @param beginNanos begin by the monotonic clock that the readings have
     * @param endNanos end
     */
    public record Window(long beginMs, long endMs, long beginNanos, long endNanos) {
        /** How long it is, in s. */
        public double seconds() {
            return (endNanos - beginNanos) / 1e9;
        }
    }

    /**
     * Reads the logs and adds up.
     *
     * @param folder that of {@code meta.json}
     */
    public static EnergyStatement of(Path folder, TelemetryMeta meta, Window window) {
        double fromS = window.beginNanos() / 1e9;
        double toS = window.endNanos() / 1e9;
        Map<String, List<IntervalEnergy>> byScope = new LinkedHashMap<>();
        Map<String, String> kinds = new LinkedHashMap<>();
        for (Track track : ReadingFiles.read(folder, meta)) {
            if (!track.series().quantity().equals("energy")
                    && !track.series().quantity().equals("power")) {
                continue;
            }
            boolean counter = track.series().kind() == Kind.COUNTER;
            IntervalEnergy energy =
                    counter ? CounterEnergy.over(track, fromS, toS) : SampledEnergy.over(track, fromS, toS);
            String key = track.series().scope() + " " + track.source();
            byScope.computeIfAbsent(key, none -> new ArrayList<>()).add(energy);
            kinds.put(key, counter ? "counter" : "sampled");
        }
        List<ScopeEnergy> energies = new ArrayList<>();
        byScope.forEach((key, some) -> energies.add(sum(some, kinds.getOrDefault(key, ""))));
        if (meta.sources().stream().map(Source::name).anyMatch(SMI::equals)) {
            energies.add(nvidiaSmi(folder, meta, window));
        }
        energies.sort((a, b) -> Integer.compare(SCOPES.indexOf(a.scope()), SCOPES.indexOf(b.scope())));
        List<ScopeEnergy> known = energies.stream().filter(ScopeEnergy::isKnown).toList();
        return new EnergyStatement(
                window.seconds(), energies, CrossCheck.of(known, window.seconds()), unseen(energies), Optional.empty());
    }

    private static ScopeEnergy sum(List<IntervalEnergy> some, String kind) {
        IntervalEnergy first = some.get(0);
        double energy = 0;
        double variance = 0;
        String why = "";
        for (IntervalEnergy one : some) {
            if (!one.isKnown()) {
                why = one.entity() + ": " + one.why();
            }
            energy += one.energyJ();
            variance += one.sigmaJ() * one.sigmaJ();
        }
        return new ScopeEnergy(first.scope(), first.source(), kind, some.size(), energy, Math.sqrt(variance), why);
    }

    /** nvidia-smi's log has its own reader, sensors and intervals. */
    private static ScopeEnergy nvidiaSmi(Path folder, TelemetryMeta meta, Window window) {
        int cards = meta.cards().size();
        Path log = folder.resolve(TelemetryMeta.LOG);
        if (!Files.exists(log)) {
            return new ScopeEnergy("gpu", SMI, "sampled", cards, Double.NaN, Double.NaN, "there is no log");
        }
        try {
            AnalysisRequest request = AnalysisRequest.of(null, log)
                    .withMeta(meta)
                    .withPhases(List.of(new GivenPhase("measured", window.beginMs(), window.endMs())));
            for (PhaseResult phase : SessionAnalyzer.analyze(request).summary().phases()) {
                GpuPhase gpu = phase.gpu();
                if (phase.name().equals("measured")
                        && gpu != null
                        && gpu.ci95J().isKnown()) {
                    double sigma = gpu.ci95J().halfWidth() / IntervalEnergy.K95;
                    return new ScopeEnergy("gpu", SMI, "sampled", cards, gpu.energyJ(), sigma, "");
                }
                if (phase.name().equals("measured") && gpu != null) {
                    return new ScopeEnergy("gpu", SMI, "sampled", cards, Double.NaN, Double.NaN, gpu.status());
                }
            }
            return new ScopeEnergy("gpu", SMI, "sampled", cards, Double.NaN, Double.NaN, "the log does not cover it");
        } catch (AnalysisInputException e) {
            return new ScopeEnergy(
                    "gpu", SMI, "sampled", cards, Double.NaN, Double.NaN, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> unseen(List<ScopeEnergy> energies) {
        List<String> seen = energies.stream()
                .filter(ScopeEnergy::isKnown)
                .map(ScopeEnergy::scope)
                .toList();
        if (seen.contains("wall")) {
            return List.of();
        }
        if (seen.contains("node") || seen.contains("psys")) {
            return List.of("losses of the power supplies, where the meter is behind them");
        }
        List<String> unseen = new ArrayList<>();
        boolean module = seen.contains("module");
        if (!module && !seen.contains("gpu")) {
            unseen.add("GPUs");
        }
        if (!module && !seen.contains("package")) {
            unseen.add("CPUs");
        }
        if (!module && !seen.contains("dram")) {
            unseen.add("memory");
        }
        unseen.add("fans, disks, network, losses of the power supplies");
        return unseen;
    }

    /** Whether any scope has a figure. */
    public boolean hasFigure() {
        return energies.stream().anyMatch(ScopeEnergy::isKnown);
    }
}
