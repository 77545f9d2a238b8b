package dev.wattline.bench.demo;

import dev.wattline.analysis.SessionAnalyzer;
import dev.wattline.analysis.request.AnalysisRequest;
import dev.wattline.analysis.result.ErrorResult;
import dev.wattline.analysis.result.SamplingError;
import dev.wattline.cli.demo.DemoCards;
import dev.wattline.cli.demo.DemoTruth;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.TelemetryMeta;
import dev.wattline.files.json.TelemetryMetaJson;
import dev.wattline.mock.signal.NoisySignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.mock.smi.CardModel;
import dev.wattline.mock.smi.MockSmi;
import dev.wattline.mock.smi.MockSmiOptions;
import dev.wattline.mock.smi.SmiArguments;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.Reading;
import dev.wattline.model.SplRow;
import dev.wattline.model.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The testing phase of a {@code wattline demo}, simulated: the demo's own cards in the demo's own mock nvidia-smi, which
 * runs on a clock of its own, and an analyzer that sees the same signal with the demo's noise. By chance are where in the
 * signal the phase lies, how analyzer, nvidia-smi and LoadGen's window lie to each other, the analyzer's noise and how
 * long nvidia-smi takes for each card.
 */
public final class SimulatedDemo {
    private static final double NOISE_WATTS = 3; // as the demo tells its mock analyzer
    private static final double SETTLE_MS = 1000;
    private static final long INTERVAL_MS = 1000; // what the runner finds for these cards
    private static final double LATE_MS = 1.5;
    private static final double MUCH_LATE_MS = 15;
    private static final int LATE_ONE_IN = 20;
    private static final double LONGEST_CYCLE_MS = 60_000;
    private static final DateTimeFormatter LOADGEN =
            DateTimeFormatter.ofPattern("MM-dd-yyyy HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path session;
    private final SignalModel signal;
    private final DemoCards cards = new DemoCards();

    /**
     * @param session folder that each run is written into, one over the other
     * @param signal what both mocks measure
     */
    public SimulatedDemo(Path session, SignalModel signal) {
        this.session = session;
        this.signal = signal;
    }

    /**
     * What a demo would have printed.
     *
     * @param stated the error of nvidia-smi with its interval
     * @param truth the true one
     * @param compared whether wall power could be compared with the cards
     */
    public record Outcome(ErrorResult stated, DemoTruth truth, boolean compared) {
        /** Whether the true error lies in the stated interval. */
        public boolean holds() {
            return truth.isIn(stated.ci95Pct());
        }
    }

    /** Simulates and analyses the run of a seed; the same seed gives the same run. */
    public Outcome run(int seconds, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        long signalStart = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() + random.nextLong(86_400_000);
        double phase = signalStart + 30_000 + LONGEST_CYCLE_MS * random.nextDouble();
        double begin = phase + SETTLE_MS + 300 + 600 * random.nextDouble(); // until the workload is up
        double end = begin + 1000 * seconds + 10 * random.nextDouble();
        double logged = end + 200 + 500 * random.nextDouble() + SETTLE_MS;

        SessionFolder folder = new SessionFolder(session);
        Files.createDirectories(folder.folder(Phase.TESTING));
        Files.createDirectories(folder.telemetry(Phase.TESTING));
        Files.writeString(folder.spl(Phase.TESTING), analyzer(signalStart, phase, logged, seed));
        Files.writeString(
                folder.loadgenDetail(Phase.TESTING), loadgen("power_begin", begin) + loadgen("power_end", end));
        double firstPoll = phase - 700 + 400 * random.nextDouble();
        Files.writeString(
                folder.telemetry(Phase.TESTING).resolve(TelemetryMeta.LOG),
                smi(signalStart, firstPoll, logged, random));
        TelemetryMetaJson.write(folder.telemetry(Phase.TESTING).resolve(TelemetryMeta.FILE), meta(random));

        SamplingError found = SessionAnalyzer.analyze(
                        AnalysisRequest.ofSession(session).withCalibrations(cards.calibrations()))
                .summary();
        double trueJ = cards.trueEnergyJ(
                        signal,
                        (LoadgenTime.millis(begin) - signalStart) / 1e3,
                        (LoadgenTime.millis(end) - signalStart) / 1e3)
                .orElseThrow(() -> new IllegalArgumentException("the signal is no function of time"));
        return new Outcome(
                found.error(),
                DemoTruth.of(found.error().reportedJ(), trueJ),
                found.wall() != null && !Double.isNaN(found.wall().slope()));
    }

    /** LoadGen's log has whole milliseconds, and the window is what the log says. */
    private static final class LoadgenTime {
        static long millis(double epochMs) {
            return (long) Math.floor(epochMs);
        }
    }

    private static String loadgen(String key, double epochMs) {
        return ":::MLLOG {\"key\": \"" + key + "\", \"value\": \""
                + LOADGEN.format(Instant.ofEpochMilli(LoadgenTime.millis(epochMs)))
                + "\", \"time_ms\": 0.0, \"namespace\": \"mlperf::logging\", \"event_type\": \"POINT_IN_TIME\","
                + " \"metadata\": {\"is_error\": false}}\n";
    }

    /** A reading each second, the mean of that second. */
    private String analyzer(long signalStart, double from, double to, long seed) {
        SignalModel noisy = new NoisySignal(signal, NOISE_WATTS, seed);
        StringBuilder text = new StringBuilder();
        for (double at = from + 1000; at <= to; at += 1000) {
            double end = (at - signalStart) / 1e3;
            double watts = Double.parseDouble(String.format(Locale.ROOT, "%.5g", noisy.meanWatts(end - 1, end)));
            text.append(SplRow.format(new PowerSample(
                            Instant.ofEpochMilli(Math.round(at)),
                            new Reading(watts, 230, watts / 230, 1),
                            "demo_testing",
                            List.of())))
                    .append('\n');
        }
        return text.toString();
    }

    /** Rounds of the mock nvidia-smi, each by a call of its own, as its loop would wait in real time. */
    private String smi(long signalStart, double from, double to, SplittableRandom random) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(log, false, StandardCharsets.UTF_8);
        boolean first = true;
        for (double due = from; due <= to + 500; due += INTERVAL_MS) {
            // As the mock's loop: late by a moment, seldom by more, and the next round is due as if it had not been.
            double late = random.nextInt(LATE_ONE_IN) == 0 ? MUCH_LATE_MS : LATE_MS;
            StepClock clock = new StepClock(due + late * random.nextDouble(), random);
            List<String> arguments = new ArrayList<>(
                    List.of("--query-gpu=timestamp,index,uuid,name,power.draw,power.draw.average,power.draw.instant"));
            arguments.add(first ? "--format=csv,nounits" : "--format=csv,noheader,nounits");
            new MockSmi(SmiArguments.parse(arguments), options(signalStart, clock)).run(out);
            first = false;
        }
        out.flush();
        return log.toString(StandardCharsets.UTF_8);
    }

    /** The cards as {@code mock-smi} makes them of the demo's options. */
    private MockSmiOptions options(long signalStart, TimeSource clock) {
        Map<String, String> given = cards.values();
        double[] shares = Arrays.stream(value(given, "--shares").split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return MockSmiOptions.builder()
                .model(CardModel.of(value(given, "--model")))
                .cards(Integer.parseInt(value(given, "--cards")))
                .wall(signal)
                .shares(shares)
                .gain(Double.parseDouble(value(given, "--gain")))
                .offset(Double.parseDouble(value(given, "--offset")))
                .otherWatts(Double.parseDouble(value(given, "--other-watts")))
                .efficiency(Double.parseDouble(value(given, "--efficiency")))
                .start(Instant.ofEpochMilli(signalStart))
                .time(clock)
                .zone(ZoneOffset.UTC)
                .build();
    }

    private static String value(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) {
            throw new IllegalStateException("the demo's cards have no " + name);
        }
        return value;
    }

    private static TelemetryMeta meta(SplittableRandom random) {
        return new TelemetryMeta(
                Phase.TESTING.word(),
                "UTC",
                0.2 * (random.nextDouble() - 0.5),
                0.5,
                "mock",
                List.of(),
                List.of(),
                (int) INTERVAL_MS,
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                List.of());
    }

    /** Wall time that passes a little with every card that is asked. */
    private static final class StepClock implements TimeSource {
        private static final double CARD_MS = 4;

        private final SplittableRandom random;
        private double epochMs;

        StepClock(double epochMs, SplittableRandom random) {
            this.epochMs = epochMs;
            this.random = random;
        }

        @Override
        public Instant now() {
            Instant now = Instant.ofEpochMilli((long) epochMs).plusNanos((long) (1e6 * (epochMs % 1)));
            epochMs += CARD_MS * random.nextDouble();
            return now;
        }

        @Override
        public long nanoTime() {
            return (long) (1e6 * epochMs);
        }
    }
}
