package dev.wattline.director.monitor;

import dev.wattline.compliance.sample.CountRule;
import dev.wattline.compliance.sample.GapRule;
import dev.wattline.compliance.sample.PtdComplaint;
import dev.wattline.compliance.sample.RangeRule;
import dev.wattline.compliance.sample.ReadingKindRule;
import dev.wattline.compliance.sample.SampleFault;
import dev.wattline.compliance.sample.SampleRule;
import dev.wattline.compliance.sample.SetRanges;
import dev.wattline.model.Phase;
import dev.wattline.model.PowerSample;
import dev.wattline.model.PtdTime;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one analyzer's samples and at what its PTDaemon prints while a phase runs, by the rules that the audit of a
 * finished session has. While ranging, readings fail and uncertainties are unknown by the nature of automatic ranging, so
 * that only what concerns time is checked. For one thread.
 */
final class LiveChecks {
    private static final long LATE_SAMPLES = 3; // one is being taken, one may be late, one is on its way
    private static final Duration SILENCE = GapRule.MAX_INTERVAL.plusMillis(500); // a sample takes its time to be seen

    private final int analyzer;
    private final Phase phase;
    private final Consumer<Finding> listener;
    private final GapRule gaps = new GapRule();
    private final List<SampleRule> readings;
    private @Nullable PowerSample last;
    private long lastNanos;
    private long samples;
    private boolean silent; // a gap was reported and has not ended
    private boolean behind;

    /**
     * @param ranges those that are set, as PTDaemon named them
     * @param startNanos when the measurement began, on the monotonic clock
     * @param listener told of each failing check
     */
    LiveChecks(int analyzer, Phase phase, SetRanges ranges, long startNanos, Consumer<Finding> listener) {
        this.analyzer = analyzer;
        this.phase = phase;
        this.listener = listener;
        this.lastNanos = startNanos;
        this.readings = phase == Phase.TESTING
                ? List.of(new ReadingKindRule(), RangeRule.reaching(ranges.volts(), ranges.amps()))
                : List.of();
    }

    /** The latest sample; null before the first. */
    @Nullable
    PowerSample last() {
        return last;
    }

    long samples() {
        return samples;
    }

    /** Takes a sample of this phase that was seen at this monotonic time. */
    void sample(PowerSample sample, long nanos) {
        last = sample;
        lastNanos = nanos;
        samples++;
        silent = false;
        gaps.next(sample).ifPresent(fault -> failing(fault, sample.at()));
        for (SampleRule rule : readings) {
            Optional<SampleFault> fault = rule.next(sample);
            if (fault.isPresent()) {
                failing(fault.get(), sample.at());
                return; // a second rule would only say the same in other words
            }
        }
    }

    /** Takes a row that is none. */
    void malformed(String why, Instant at) {
        failing("row-malformed", at, "PTDaemon logged what is no sample: " + why);
    }

    /** Takes a line that PTDaemon printed, without its time stamp or with. */
    void printed(String line, Instant at) {
        if (phase == Phase.TESTING) {
            PtdComplaint.of(PtdTime.message(line)).ifPresent(complaint -> complained(complaint, at));
        }
    }

    private void complained(PtdComplaint complaint, Instant at) {
        String text = "PTDaemon says " + complaint;
        if (complaint.error()) {
            failing("testing-errors", at, text);
        } else if (Double.isNaN(complaint.uncertaintyPercent())) {
            failing("load-warnings", at, text);
        } else {
            failing("load-uncertainty", at, text);
        }
    }

    /** Called now and then: what should have come by now did not. */
    void elapsed(Duration sinceGo, long nanos, Instant now) {
        Duration sinceLast = Duration.ofNanos(nanos - lastNanos);
        if (!silent && sinceLast.compareTo(SILENCE) > 0) {
            silent = true;
            failing("sample-gap", now, "no sample for " + sinceLast.toMillis() + " ms, and still none");
        }
        Optional<SampleFault> late = CountRule.check(samples, sinceGo.toMillis() / 1e3, LATE_SAMPLES);
        if (late.isPresent() && !behind) {
            failing(late.get(), now);
        }
        behind = late.isPresent();
    }

    private void failing(SampleFault fault, Instant at) {
        failing(fault.id(), at, fault.message());
    }

    private void failing(String id, Instant at, String text) {
        listener.accept(Finding.warning(id, phase.word() + ": analyzer " + analyzer + ": " + text)
                .about(Subject.part("analyzer " + analyzer))
                .when(at));
    }
}
