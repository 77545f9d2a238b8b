package dev.wattline.director.session;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.director.analyzer.AnalyzerException;
import dev.wattline.director.analyzer.AnalyzerGroup;
import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.director.config.RangingMode;
import dev.wattline.director.monitor.Alarm;
import dev.wattline.director.phase.Measured;
import dev.wattline.director.phase.PhaseStatistics;
import dev.wattline.director.results.ServerLog;
import dev.wattline.model.DeviceType;
import dev.wattline.model.Phase;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.SessionId;
import dev.wattline.model.TimeSource;
import dev.wattline.model.finding.Finding;
import dev.wattline.protocol.time.ClockWatch;
import dev.wattline.ptd.PtdCommandRejectedException;
import dev.wattline.ptd.SampleRows;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What a phase is for the analyzers: ranges, settle, Go; and at its end settle, Stop, samples. For the session's thread. */
final class AnalyzerPhase {
    private static final long TICK_NANOS = 1_000_000_000L;

    private final DirectorConfig config;
    private final AnalyzerGroup group;
    private final SessionId id;
    private final ServerLog log;
    private final Interruption interruption;
    private final TimeSource time;
    private final Consumer<Finding> alarm;

    AnalyzerPhase(
            DirectorConfig config,
            AnalyzerGroup group,
            SessionId id,
            ServerLog log,
            Interruption interruption,
            TimeSource time,
            Consumer<Finding> alarm) {
        this.config = config;
        this.group = group;
        this.id = id;
        this.log = log;
        this.interruption = interruption;
        this.time = time;
        this.alarm = alarm;
    }

    /** PTDaemons up, ranges automatic (or the greatest current range), settled, measuring. */
    void startRanging() throws InterruptedException {
        group.all(analyzer -> {
            analyzer.start();
            analyzer.setVolts(RangeSetting.auto());
            // The official checker looks for the restored range in the third and fourth SR,A: two must come before.
            analyzer.setAmps(RangeSetting.auto());
            analyzer.setAmps(rangingAmps(analyzer));
        });
        settle();
        log.info("Starting ranging mode");
        group.go(id.mark(Phase.RANGING));
    }

    private RangeSetting rangingAmps(Analyzer analyzer) {
        if (config.rangingMode() == RangingMode.AUTO) {
            return RangeSetting.auto();
        }
        return analyzer.config()
                .catalogued()
                .flatMap(DeviceType::maxAmps)
                .map(most -> RangeSetting.ofText(
                        BigDecimal.valueOf(most).stripTrailingZeros().toPlainString()))
                .orElseGet(() -> {
                    log.warning("Unknown max range type for device "
                            + analyzer.config().deviceType() + ", using AUTO");
                    return RangeSetting.auto();
                });
    }

    /** PTDaemons up if they are not, ranges fixed, settled, measuring. */
    void startTesting(List<Ranges> ranges) throws InterruptedException {
        group.all(analyzer -> {
            if (!analyzer.isStarted()) {
                analyzer.start();
            }
            fix(analyzer, ranges);
        });
        settle();
        log.info("Starting testing mode");
        for (Analyzer analyzer : group.analyzers()) {
            Ranges fixed = ranges.get(analyzer.number() - 1);
            log.info("Analyzer [" + analyzer.number() + "] maxAmps: " + fixed.amps() + ", maxVolts: " + fixed.volts());
        }
        group.go(id.mark(Phase.TESTING));
    }

    private static void fix(Analyzer analyzer, List<Ranges> ranges) throws InterruptedException {
        Ranges fixed = ranges.get(analyzer.number() - 1);
        try {
            analyzer.setVolts(fixed.volts());
        } catch (PtdCommandRejectedException e) {
            throw ManualRanges.refused(
                    "voltage",
                    ranges.stream().map(all -> all.volts().wireText()).toList(),
                    AnalyzerException.of(analyzer.number(), e));
        }
        try {
            analyzer.setAmps(fixed.amps());
        } catch (PtdCommandRejectedException e) {
            throw ManualRanges.refused(
                    "current",
                    ranges.stream().map(all -> all.amps().wireText()).toList(),
                    AnalyzerException.of(analyzer.number(), e));
        }
    }

    /**
     * Settled, stopped in mid-tick of analyzer 1, so that the grids of the others, which lie a fraction of a second
     * beside its own, end with the same tick; then read.
     *
     * @return the samples of each analyzer, analyzer 1 first
     */
    List<Measured> stop(Phase phase) throws InterruptedException {
        long settling = time.nanoTime();
        settle();
        Duration over = Duration.ofNanos(time.nanoTime() - settling)
                .minus(config.settings().settle());
        if (over.compareTo(ClockWatch.GAP_LIMIT) > 0) { // nobody watches the clocks here any more
            alarm.accept(Alarm.stalled(
                    time.now(),
                    phase.word() + ": on the director this process stood still for " + over.toMillis() + " ms"));
        }
        Map<Integer, PhaseStatistics> early = new ConcurrentHashMap<>();
        if (phase == Phase.TESTING) {
            group.all(analyzer -> early.put(analyzer.number(), PhaseStatistics.ask(analyzer, true)));
        }
        interruption.pause(Duration.ofNanos(nanosToMidTick(time.nanoTime() - group.goNanos())));
        group.stop();
        Map<Integer, Measured> measured = new ConcurrentHashMap<>();
        group.all(analyzer -> {
            SampleRows rows = analyzer.readSamples();
            PhaseStatistics last = PhaseStatistics.ask(analyzer, false);
            measured.put(
                    analyzer.number(), new Measured(analyzer, rows, early.getOrDefault(analyzer.number(), last), last));
        });
        List<Measured> inOrder = new ArrayList<>();
        for (Analyzer analyzer : group.analyzers()) {
            Measured one = measured.get(analyzer.number());
            if (one != null) {
                inOrder.add(one);
            }
        }
        return inOrder;
    }

    /** Until the next middle between two ticks, so long after the first one. */
    static long nanosToMidTick(long sinceGoNanos) {
        return Math.floorMod(TICK_NANOS / 2 - sinceGoNanos, TICK_NANOS);
    }

    private void settle() throws InterruptedException {
        interruption.pause(config.settings().settle());
    }
}
