package dev.wattline.analysis.source;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.calibration.Cooling;
import dev.wattline.analysis.calibration.WallPrediction;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.series.AnalysisInputException;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.TelemetryMeta.Kind;
import dev.wattline.files.TelemetryMeta.Source;
import dev.wattline.model.finding.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param cooling what fans and temperatures were
 * @param counters energy counters of cards, held against sampled power of the same
 * @param refusals why there is no power at the wall by a calibration that was given
 */
public record EnergyStatement(
        double seconds,
        List<ScopeEnergy> energies,
        List<CrossVerdict> verdicts,
        List<String> unseen,
        Optional<Inferred> wall,
        Cooling cooling,
        List<CounterTruth> counters,
        List<Finding> refusals) {
    /** From the outside to the inside. */
    private static final List<String> SCOPES =
            List.of("wall", "node", "psys", "module", "gpu", "package", "cores", "dram", "rail");

    /** The source of wall power that an analyzer measured. */
    public static final String ANALYZER = "analyzer";

    private static final String SMI = "nvidia-smi";
    /** The kind of a figure that a calibration gave. */
    public static final String INFERRED = "inferred";

    private static final double HIGH_PCT = 2;
    private static final double MEDIUM_PCT = 5;
    private static final double LEAST_S = 60;

    public EnergyStatement {
        energies = List.copyOf(energies);
        verdicts = List.copyOf(verdicts);
        unseen = List.copyOf(unseen);
        counters = List.copyOf(counters);
        refusals = List.copyOf(refusals);
    }

    /**
     * Power at the wall that was inferred.
     *
     * @param prediction what it is
     * @param calibration what the user calls the calibration
     * @param hash of the machine that it is of
     */
    public record Inferred(WallPrediction prediction, String calibration, String hash) {}

    /** The same with wall power by a calibration, which holds what no source saw. */
    public EnergyStatement with(WallPrediction prediction, InferredWall by) {
        Inferred inferred =
                new Inferred(prediction, by.name(), by.calibration().machine().hash());
        return new EnergyStatement(
                seconds, energies, verdicts, List.of(), Optional.of(inferred), cooling, counters, List.of());
    }

    /** The same with the reason why there is no wall power by the calibration that was given last. */
    public EnergyStatement refused(Finding finding) {
        return new EnergyStatement(seconds, energies, verdicts, unseen, wall, cooling, counters, List.of(finding));
    }

    /** The same with what an analyzer measured at the wall, which says what the sources leave unseen. */
    EnergyStatement with(ScopeEnergy analyzer) {
        List<ScopeEnergy> all = new ArrayList<>(energies);
        all.add(0, analyzer);
        List<ScopeEnergy> known = all.stream().filter(ScopeEnergy::isKnown).toList();
        List<CrossVerdict> checks = new ArrayList<>(CrossCheck.of(known, seconds));
        verdicts.stream().filter(one -> !one.isOfEnergy()).forEach(checks::add);
        return new EnergyStatement(seconds, all, checks, unseen(all), wall, cooling, counters, refusals);
    }

    /**
     * {@code High}, {@code Medium} or {@code Low}, and in words why. A source that nobody calibrated is Low however narrow
     * the interval that its kind is assumed to have.
     */
    public String confidence(ScopeEnergy energy) {
        if (!energy.isKnown()) {
            return "Low: there is no figure";
        }
        for (CrossVerdict verdict : verdicts) {
            if (verdict.outcome() == CrossVerdict.Outcome.CONTRADICT && verdict.of(energy)) {
                return "Low: contradicted, " + verdict.what();
            }
        }
        // Of next to nothing, as of an idle rail, any width is many times the figure.
        double pct = energy.energyJ() > 0 ? 100 * energy.halfWidthJ() / energy.energyJ() : Double.POSITIVE_INFINITY;
        String width = pct < 100 ? String.format(Locale.ROOT, "±%.1f %%", pct) : "an interval wider than the figure";
        if (!energy.source().equals(ANALYZER)) {
            return "Low: not calibrated, " + width + " is assumed of its kind";
        }
        if (pct > MEDIUM_PCT) {
            return "Low: measured at the wall, " + width;
        }
        if (pct > HIGH_PCT) {
            return "Medium: measured at the wall, " + width;
        }
        return seconds < LEAST_S
                ? "Medium: measured at the wall, but shorter than 60 s"
                : "High: measured at the wall by an analyzer, " + width;
    }

    /** The outermost figure, which a report of energy is about: the wall, measured or inferred, else the widest scope. */
    public Optional<ScopeEnergy> outermost() {
        List<ScopeEnergy> known = energies.stream().filter(ScopeEnergy::isKnown).toList();
        Optional<ScopeEnergy> measured = known.stream()
                .filter(one -> one.scope().equals(known.get(0).scope()))
                .min(Comparator.comparingDouble(ScopeEnergy::sigmaJ));
        if (wall.isEmpty() || measured.filter(one -> one.scope().equals("wall")).isPresent()) {
            return measured;
        }
        WallPrediction found = wall.get().prediction();
        return Optional.of(new ScopeEnergy(
                "wall",
                found.method() + " by " + wall.get().calibration(),
                INFERRED,
                1,
                found.joules(),
                found.halfWidthJ() / IntervalEnergy.K95,
                ""));
    }

    /** The time that the outermost figure is over, in s. */
    public double outermostSeconds() {
        boolean inferred =
                outermost().filter(one -> one.kind().equals(INFERRED)).isPresent();
        return inferred ? wall.orElseThrow().prediction().seconds() : seconds;
    }

    /** How the outermost figure was had: {@code analyzer}, {@code calibrated-model}, {@code meter}, {@code bmc}, ... */
    public String method() {
        ScopeEnergy outer = outermost().orElse(null);
        if (outer == null) {
            return "none";
        }
        return switch (outer.scope()) {
            case "wall" ->
                outer.kind().equals(INFERRED)
                        ? "calibrated-model"
                        : outer.source().equals(ANALYZER) ? ANALYZER : "meter";
            case "node" -> "bmc";
            default -> outer.kind().equals("counter") ? "counters" : "sampled";
        };
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
        return of(folder, meta, ReadingFiles.read(folder, meta), window);
    }

    /**
     * The same over a time by the machine's clock.
     *
     * @param beginMs begin in ms since 1970
     * @param endMs end
     */
    public static EnergyStatement of(Path folder, TelemetryMeta meta, long beginMs, long endMs) {
        List<Track> tracks = ReadingFiles.read(folder, meta);
        double ahead = tracks.stream()
                .filter(track -> track.size() > 0)
                .mapToDouble(Track::utcLessS)
                .findFirst()
                .orElse(0);
        return of(
                folder,
                meta,
                tracks,
                new Window(
                        beginMs,
                        endMs,
                        Math.round(1e9 * (beginMs / 1e3 - ahead)),
                        Math.round(1e9 * (endMs / 1e3 - ahead))));
    }

    private static EnergyStatement of(Path folder, TelemetryMeta meta, List<Track> tracks, Window window) {
        List<ScopeEnergy> energies = energies(tracks, window.beginNanos() / 1e9, window.endNanos() / 1e9);
        if (meta.sources().stream().map(Source::name).anyMatch(SMI::equals)) {
            energies.add(nvidiaSmi(folder, meta, window));
            ModuleReadings.of(folder, meta, window).ifPresent(energies::add);
        }
        energies.sort(EnergyStatement::outermostFirst);
        List<ScopeEnergy> known = energies.stream().filter(ScopeEnergy::isKnown).toList();
        List<CrossVerdict> checks = new ArrayList<>(CrossCheck.of(known, window.seconds()));
        int whole = (int) Math.floor(window.seconds());
        checks.addAll(CourseCheck.of(SourceGrid.read(folder, meta, window.beginMs() / 1e3, whole, 1)));
        List<CounterTruth> counters = counters(folder, meta, tracks);
        counters.stream().map(CounterTruth::asCrossCheck).forEach(checks::add);
        return new EnergyStatement(
                window.seconds(),
                energies,
                checks,
                unseen(energies),
                Optional.empty(),
                CoolingReadings.over(folder, meta, tracks, window.beginMs() / 1e3, window.endMs() / 1e3),
                counters,
                List.of());
    }

    /** Over all that was read, which tells more than the window. */
    private static List<CounterTruth> counters(Path folder, TelemetryMeta meta, List<Track> tracks) {
        try {
            return CounterTrial.of(folder, meta, tracks);
        } catch (AnalysisInputException e) {
            return List.of(); // the row of nvidia-smi says what is wrong with its log
        }
    }

    static int outermostFirst(ScopeEnergy a, ScopeEnergy b) {
        return Integer.compare(SCOPES.indexOf(a.scope()), SCOPES.indexOf(b.scope()));
    }

    /**
     * Of the sources that the runner read, over a time by its monotonic clock.
     *
     * @return a new list
     */
    static List<ScopeEnergy> energies(List<Track> tracks, double fromS, double toS) {
        Map<String, List<IntervalEnergy>> byScope = new LinkedHashMap<>();
        Map<String, String> kinds = new LinkedHashMap<>();
        for (Track track : tracks) {
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
        return energies;
    }

    static ScopeEnergy sum(List<IntervalEnergy> some, String kind) {
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

    /** Nothing but an interval, in which no source told anything. */
    public static EnergyStatement none(double seconds) {
        return new EnergyStatement(
                seconds, List.of(), List.of(), List.of(), Optional.empty(), Cooling.NONE, List.of(), List.of());
    }

    /** Whether any scope has a figure. */
    public boolean hasFigure() {
        return energies.stream().anyMatch(ScopeEnergy::isKnown);
    }
}
