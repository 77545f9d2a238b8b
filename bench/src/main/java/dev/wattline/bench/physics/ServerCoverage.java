package dev.wattline.bench.physics;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.request.AnalysisRequest.GivenPhase;
import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.GpuResult;
import dev.wattline.analysis.result.PhaseResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.simulation.StepLoad;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Analyses simulated runs as a user would, logs only, and counts how often the truth lies inside what is stated at 95 %.
 * Each run is analysed twice: with what a meter told of the cards and with given phases, and with nothing given.
 */
public final class ServerCoverage {
    private static final double[] LENGTHS_S = {20, 60, 200};
    private static final double LONG_S = 600;
    private static final double[] WINDOWS_S = {5, 15, 60};
    private static final double[] SHORT_WINDOWS_S = {5, 5, 7, 10, 20};
    private static final double FARTHEST_BEYOND_MS = 1200;

    private final Path folder;
    private final Map<String, Share> totals = new TreeMap<>();
    private final Map<String, Share> cells = new TreeMap<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();

    /** Runs are written into this folder, one over the other. */
    public ServerCoverage(Path folder) {
        this.folder = folder;
    }

    /** How often the truth lay inside, and how wide the intervals were. */
    public static final class Share {
        private int count;
        private int inside;
        private int refused;
        private double[] halfWidths = new double[16];

        void add(boolean holds, double halfWidth) {
            if (count == halfWidths.length) {
                halfWidths = Arrays.copyOf(halfWidths, 2 * count);
            }
            halfWidths[count++] = halfWidth;
            inside += holds ? 1 : 0;
        }

        void refused() {
            refused++;
        }

        /** Statements made. */
        public int count() {
            return count;
        }

        /** Cases without a statement. */
        public int refusals() {
            return refused;
        }

        /** Share of the statements that hold, in percent. */
        public double insidePct() {
            return 100.0 * inside / count;
        }

        /** Median half-width. */
        public double medianHalfWidth() {
            double[] sorted = Arrays.copyOf(halfWidths, count);
            Arrays.sort(sorted);
            return count == 0 ? Double.NaN : sorted[count / 2];
        }
    }

    /**
     * Makes and analyses the run of a seed.
     *
     * @param only runs whose sensor and load, such as {@code A100_33HZ, NEAR_T}, contain this; empty for all
     * @param lagOnly whether to look at the lag alone
     * @return whether it was made
     */
    public boolean run(long seed, String only, boolean lagOnly) throws IOException {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        SensorKind[] sensors = SensorKind.values();
        SensorKind sensor = sensors[random.nextInt(sensors.length)];
        int shape = random.nextInt(StepLoad.Shape.GENERAL.size() + 1);
        ServerRun.Load load = shape < StepLoad.Shape.GENERAL.size()
                ? ServerRun.Load.of(StepLoad.Shape.GENERAL.get(shape))
                : ServerRun.Load.nearUpdates(sensor.periodMs(), random);
        if (!(sensor + ", " + load.name()).contains(only)) {
            return false;
        }
        boolean slow = sensor.pollMs() >= 1000;
        int choice = random.nextInt(slow ? 4 : 3);
        double steady = choice == 3 ? LONG_S : LENGTHS_S[choice];
        run(new ServerRun.Plan(sensor, load, steady, random.nextInt(3) == 0, Attack.NONE), seed, random, lagOnly);
        return true;
    }

    /** Makes and analyses the run of a seed that tries to break what the method assumes. */
    public void attack(Attack attack, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        SensorKind[] sensors = SensorKind.values();
        SensorKind sensor = sensors[random.nextInt(sensors.length)];
        List<StepLoad.Shape> shapes = StepLoad.Shape.GENERAL;
        ServerRun.Load load = attack == Attack.LOAD_IN_STEP
                ? ServerRun.Load.inStep(sensor, random)
                : ServerRun.Load.of(shapes.get(random.nextInt(shapes.size())));
        double steady = LENGTHS_S[random.nextInt(LENGTHS_S.length)];
        run(new ServerRun.Plan(sensor, load, steady, false, attack), seed, random, false);
    }

    private void run(ServerRun.Plan plan, long seed, SplittableRandom random, boolean lagOnly) throws IOException {
        ServerRun made = ServerRun.write(folder, plan, seed);
        AnalysisRequest request = AnalysisRequest.of(made.spl(), made.smi()).withZone(made.zone());
        if (lagOnly) {
            List<GivenPhase> all = List.of(new GivenPhase(
                    "all", made.epochMs(), made.epochMs() + made.server().lengthMs()));
            lag(made, SessionAnalyzer.analyze(request.withPhases(all)).summary(), seed);
            return;
        }
        List<GivenPhase> given = new ArrayList<>(made.phases());
        for (double seconds : plan.attack() == Attack.STEPS_AT_ENDS ? SHORT_WINDOWS_S : WINDOWS_S) {
            double begin = plan.attack() == Attack.STEPS_AT_ENDS
                    ? besideAStep(made, 1000 * seconds, random)
                    : made.epochMs()
                            + 3000
                            + random.nextDouble() * (made.server().lengthMs() - 6000 - 1000 * seconds);
            given.add(new GivenPhase("window of " + Math.round(seconds) + " s", begin, begin + 1000 * seconds));
        }
        SamplingError known;
        SamplingError unknown;
        try {
            known = SessionAnalyzer.analyze(request.withPhases(given).withCalibrations(made.calibrations()))
                    .summary();
            unknown = SessionAnalyzer.analyze(request).summary();
        } catch (RuntimeException e) { // a finding of its own, which must not cost the others
            share("runs without a crash").add(false, Double.NaN);
            misses.add("seed " + seed + ": " + e + " in " + e.getStackTrace()[0] + ", " + cell(made));
            return;
        }
        share("runs without a crash").add(true, 0);
        lag(made, known, seed);
        for (PhaseResult phase : known.phases()) {
            wall(made, phase, "wall energy, given phases", seed);
        }
        for (PhaseResult phase : unknown.phases()) {
            wall(made, phase, "wall energy, found phases", seed);
        }
        for (int p = 0; p < known.phases().size(); p++) {
            cards(made, known, p, "calibrated");
        }
        for (int p = 0; p < unknown.phases().size(); p++) {
            cards(made, unknown, p, "population");
        }
    }

    /** Begin of a window of which one end lies up to 1.2 s beyond a step of the load. */
    private static double besideAStep(ServerRun made, double lengthMs, SplittableRandom random) {
        double step =
                made.phases().get(1 + random.nextInt(made.phases().size() - 1)).startMs();
        double beyond = FARTHEST_BEYOND_MS * random.nextDouble();
        return random.nextBoolean() ? step + beyond - lengthMs : step - beyond;
    }

    private void lag(ServerRun made, SamplingError found, long seed) {
        String name = "lag, " + (made.sensor().windowMs() >= 1000 ? "average" : "other") + " fields";
        if (!found.clock().accepted()) {
            share(name).refused();
            refusals.merge("lag: " + words(found.clock().reason()), 1, Integer::sum);
            return;
        }
        double truth = made.aheadS();
        boolean holds = found.clock().lagCi95S().contains(truth);
        add(name, cell(made), holds, found.clock().lagCi95S().halfWidth());
        if (!holds) {
            misses.add(String.format(
                    Locale.ROOT,
                    "seed %d: lag %.3f (%.3f to %.3f), truth %.3f, %s, %d GPUs",
                    seed,
                    found.clock().lagS(),
                    found.clock().lagCi95S().low(),
                    found.clock().lagCi95S().high(),
                    truth,
                    cell(made),
                    made.gpus().size()));
        }
    }

    private void wall(ServerRun made, PhaseResult phase, String name, long seed) {
        double from = phase.start().toEpochMilli();
        double to = phase.end().toEpochMilli();
        if (phase.wallCoveredS() < 0.999 * phase.seconds()) {
            return; // the log begins or ends inside: energy and power are those of the covered part
        }
        double truth = made.wallJ(from, to);
        boolean holds = phase.wallEnergyCi95J().contains(truth);
        double half = 100 * phase.wallEnergyCi95J().halfWidth() / phase.wallEnergyJ();
        String length = phase.seconds() < 10
                ? "5 to 10 s"
                : phase.seconds() < 30 ? "10 to 30 s" : phase.seconds() < 120 ? "30 to 120 s" : "120 s and more";
        share(name).add(holds, half);
        share("wall energy, " + length).add(holds, half);
        cells.computeIfAbsent("wall, " + made.load().name() + ", " + length, key -> new Share())
                .add(holds, half);
        if (!holds) {
            misses.add(String.format(
                    Locale.ROOT,
                    "seed %d: wall %s %.1f s: %.0f J ± %.2f %%, truth %+.2f %%, %s",
                    seed,
                    phase.name(),
                    phase.seconds(),
                    phase.wallEnergyJ(),
                    half,
                    100 * (truth / phase.wallEnergyJ() - 1),
                    cell(made)));
        }
    }

    private void cards(ServerRun made, SamplingError found, int p, String what) {
        PhaseResult phase = found.phases().get(p);
        double from = phase.start().toEpochMilli();
        double to = phase.end().toEpochMilli();
        double truth = 0;
        int cards = 0;
        for (int g = 0; g < made.gpus().size(); g++) {
            double own = made.gpuJ(g, from, to);
            truth += own;
            String key = ServerRun.key(g);
            GpuResult card = found.gpus().stream()
                    .filter(one -> one.key().equals(key))
                    .findFirst()
                    .orElse(null);
            if (card == null) {
                continue;
            }
            cards++;
            card(card.phases().get(p), own, "card energy, " + what, made, phase);
        }
        GpuPhase sum = phase.gpu();
        if (sum != null && cards == made.gpus().size()) {
            card(sum, truth, "sum of the cards, " + what, made, phase);
        }
    }

    private void card(GpuPhase stated, double truth, String name, ServerRun made, PhaseResult phase) {
        if (Double.isNaN(stated.energyJ())) {
            share(name).refused();
            refusals.merge(name + ": " + stated.status(), 1, Integer::sum);
            return;
        }
        boolean holds = stated.ci95J().contains(truth);
        share(name).add(holds, stated.relHalfWidthPct());
        if (stated.status().equals("widened")) {
            share(name + ", widened by evidence").add(holds, stated.relHalfWidthPct());
        }
        if (made.faulty()) {
            share(name + ", with faults").add(holds, stated.relHalfWidthPct());
        }
        share(name + ", under " + made.load().name()).add(holds, stated.relHalfWidthPct());
        share(name + ", by " + made.sensor()).add(holds, stated.relHalfWidthPct());
        if (phase.name().equals(ServerRun.STEADY)) {
            cells.computeIfAbsent(name + ", " + cell(made), key -> new Share()).add(holds, stated.relHalfWidthPct());
        }
        if (!holds) {
            misses.add(String.format(
                    Locale.ROOT,
                    "seed %d: %s, %s %.1f s: %.0f J (%.0f to %.0f), truth %+.2f %%, %s, %d GPUs, %s%s",
                    made.seed(),
                    name,
                    phase.name(),
                    phase.seconds(),
                    stated.energyJ(),
                    stated.ci95J().low(),
                    stated.ci95J().high(),
                    100 * (truth / stated.energyJ() - 1),
                    cell(made),
                    made.gpus().size(),
                    stated.status(),
                    made.faulty() ? ", faults" : ""));
        }
    }

    private void add(String name, String cell, boolean holds, double halfWidth) {
        share(name).add(holds, halfWidth);
        cells.computeIfAbsent(name + ", " + cell, key -> new Share()).add(holds, halfWidth);
    }

    private Share share(String name) {
        return totals.computeIfAbsent(name, key -> new Share());
    }

    private static String cell(ServerRun made) {
        double seconds = 0;
        for (GivenPhase phase : made.phases()) {
            seconds = phase.name().equals(ServerRun.STEADY) ? (phase.endMs() - phase.startMs()) / 1e3 : seconds;
        }
        return made.sensor() + ", " + made.load().name() + ", " + Math.round(seconds) + " s";
    }

    private static String words(String reason) {
        return reason.replaceAll("[-+]?[0-9][0-9.]*", "N");
    }

    /** By quantity. */
    public Map<String, Share> totals() {
        return totals;
    }

    /** The same without their parts by sensor and load. */
    public Map<String, Share> statements() {
        Map<String, Share> statements = new TreeMap<>(totals);
        statements.keySet().removeIf(name -> name.contains(", by ") || name.contains(", under "));
        return statements;
    }

    /**
     * How probable it is that less than a share of some statements holds, of which each holds in 95 % by itself.
     *
     * @param count number of the statements
     * @param least the share, 0 to 1
     */
    public static double belowByChance(int count, double least) {
        double below = 0;
        double probability = Math.pow(0.05, count); // of no statement holding
        for (int inside = 0; inside < least * count; inside++) {
            below += probability;
            probability *= (count - inside) / (inside + 1.0) * 19;
        }
        return below;
    }

    /** By quantity, sensor, load and length. */
    public Map<String, Share> cells() {
        return cells;
    }

    /** Number of cases without a statement, by reason. */
    public Map<String, Integer> refusals() {
        return refusals;
    }

    /** Statements that do not hold. */
    public List<String> misses() {
        return misses;
    }
}
