package dev.wattline.director.phase;

import dev.wattline.files.SessionSummary.PhaseMark;
import dev.wattline.model.SampleClock;
import dev.wattline.model.SampleClock.Measurement;
import dev.wattline.model.TimeSource;
import dev.wattline.ptd.SampleRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When samples were taken, by PTDaemon's time stamps, against when they were asked for. */
public final class SampleTimes {
    private static final Duration STEPPED = Duration.ofSeconds(1);

    private SampleTimes() {}

    /**
     * Fails a phase whose samples are stamped with another time than that of the measurement: no window would find them.
     *
     * @param begin when the first analyzer was told to begin
     * @param marks of the phase: started, begun, asked to stop
     * @param ended now
     * @throws SessionException naming the analyzer and what its PTDaemon's clock is wrong by
     */
    public static void require(List<Measured> measured, Instant begin, List<PhaseMark> marks, PhaseMark ended) {
        PhaseMark started = marks.get(0);
        PhaseMark begun = marks.get(1);
        PhaseMark asked = marks.get(2);
        double step =
                ended.epochSeconds() - started.epochSeconds() - ended.monotonicSeconds() + started.monotonicSeconds();
        if (Math.abs(step) > STEPPED.toSeconds()) {
            return; // it is this machine's clock that was set, and the live check says so
        }
        Measurement measurement = new Measurement(
                TimeSource.epochSeconds(begin), begun.epochSeconds(), asked.epochSeconds(), ended.epochSeconds());
        for (Measured one : measured) {
            Optional<String> fault = SampleClock.fault(stamps(one.rows()), measurement, "the director's clock");
            if (fault.isPresent()) {
                throw new SessionException(
                        "analyzer " + one.analyzer().number() + ": " + fault.get(),
                        "Set clock and time zone of the machine on which PTDaemon runs (PTDaemon must stamp in UTC: TZ=UTC),"
                                + " and start the run again.",
                        null);
            }
        }
    }

    /** The times of all rows that are samples; what the others are is for the checks of rows to say. */
    static List<Instant> stamps(SampleRows rows) {
        List<Instant> stamps = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            try {
                stamps.add(rows.sample(i).at());
            } catch (IllegalArgumentException e) {
                // no sample: what the row is, the checks of rows say
            }
        }
        return stamps;
    }
}
