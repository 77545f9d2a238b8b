package dev.wattline.analysis.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A calibration: what one or more sessions beside a meter say of a machine's power at the wall.
 *
 * @param revision counts the sessions added and the checks
 * @param created when this revision was made
 * @param toolVersion Wattline's version
 * @param meter what it was measured with
 * @param machine what machine it is of
 * @param workload the command line that was run in place of the staircase; empty for the staircase
 * @param quick whether the short staircase was run
 * @param sessions the sessions, in the order in which they were added
 */
public record PowerCalibration(
        int revision,
        Instant created,
        String toolVersion,
        Meter meter,
        MachinePrint machine,
        String workload,
        boolean quick,
        List<CalibrationSession> sessions) {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-power-calibration/1";

    private static final double DAYS_A_MONTH = 30.44;

    public PowerCalibration {
        sessions = List.copyOf(sessions);
        if (sessions.isEmpty()) {
            throw new IllegalArgumentException("a calibration has at least one session");
        }
    }

    /**
     * A meter.
     *
     * @param kind {@code analyzer} or {@code meter}
     * @param model what it is called; empty where not known
     * @param uncertaintyPct limit of its error in percent of the reading
     * @param uncertaintyW limit of its error in W, on top
     */
    public record Meter(String kind, String model, double uncertaintyPct, double uncertaintyW) {
        /** Variance that this makes of a power, in W^2. */
        double variance(double watts) {
            double limit = uncertaintyPct / 100 * watts + uncertaintyW;
            return limit * limit / 3;
        }
    }

    /** The same with a session more. */
    public PowerCalibration with(CalibrationSession session, Instant now, String version) {
        List<CalibrationSession> all = new java.util.ArrayList<>(sessions);
        all.add(session);
        return new PowerCalibration(revision + 1, now, version, meter, machine, workload, quick, all);
    }

    /** What fans and temperatures were in all of the sessions. */
    public Cooling cooling() {
        return sessions.stream().map(CalibrationSession::cooling).reduce(Cooling.NONE, Cooling::and);
    }

    /** Months since the newest session; 0 before it. */
    public double months(Instant at) {
        Instant newest = sessions.stream()
                .map(CalibrationSession::begin)
                .max(Instant::compareTo)
                .orElse(at);
        return Math.max(0, Duration.between(newest, at).toSeconds() / 86_400.0 / DAYS_A_MONTH);
    }

    /** Whether sessions of two days show what changes between days; one day can only assume it. */
    public boolean isPromise() {
        return sessions.stream()
                        .map(session -> session.begin().getEpochSecond() / 86_400)
                        .distinct()
                        .count()
                > 1;
    }
}
