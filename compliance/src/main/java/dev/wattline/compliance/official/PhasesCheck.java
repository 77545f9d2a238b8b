package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.rounds.RoundRules.DurationRule;
import dev.wattline.compliance.sample.TimeShift;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The clocks of both sides agreed, LoadGen measured while power was measured, and the two phases were alike in duration
 * and power.
 */
final class PhasesCheck implements OfficialCheck {
    private static final String RANGING = "ranging";
    private static final String RUN = "run_1";
    private static final double DST_SECONDS = 3600; // a clock that is an hour ahead is forgiven
    private static final double MAX_DIFFERENCE = 0.05;
    private static final double MAX_SHORTER = 0.5;

    @Override
    public String name() {
        return "Check time difference";
    }

    @Override
    public String file() {
        return Summary.CLIENT;
    }

    @Override
    public void run(OfficialSession session) throws IOException {
        Object client = session.client().field("phases");
        Object clientRanging = PyValues.item(client, "ranging");
        Object clientTesting = PyValues.item(client, "testing");
        Object server = session.server().field("phases");
        Object serverRanging = PyValues.item(server, "ranging");
        Object serverTesting = PyValues.item(server, "testing");
        clocks(session, clientRanging, serverRanging, RANGING);
        clocks(session, clientTesting, serverTesting, RUN);

        LoadWindow ranging = session.window(RANGING);
        LoadWindow testing = session.window(RUN);
        within(session, ranging, clientRanging, RANGING, RANGING);
        within(session, testing, clientTesting, "testing", RUN);
        durations(session, ranging.end() - ranging.begin(), testing.end() - testing.begin());
        if (!Double.isNaN(session.rules().powerDropPercent())) {
            power(session);
        }
    }

    private static void clocks(OfficialSession session, Object client, Object server, String mode) {
        int count = PyValues.length(client);
        String phase = mode.equals(RUN) ? "testing" : mode;
        if (count != PyValues.length(server)) {
            throw Ended.fail(
                    "Phases amount is not equal for " + mode + " mode.",
                    Finding.error(
                                    "phases-count",
                                    "the two sides recorded different numbers of marks of the " + phase + " phase")
                            .at(Summary.CLIENT, session.client().line("phases", phase))
                            .with("client.json", count)
                            .with("server.json", PyValues.length(server)));
        }
        double limit = session.rules().phaseSkewSeconds();
        for (int i = 0; i < count; i++) {
            Object difference = PyNumbers.distance(
                    PyValues.item(PyValues.item(client, i), 0), PyValues.item(PyValues.item(server, i), 0));
            boolean within = PyNumbers.less(difference, limit)
                    || (session.rules().phaseSkewInclusive() && PyValues.equal(difference, limit));
            if (!within) {
                throw tooFarApart(session, phase, mode, i, difference);
            }
        }
    }

    private static Ended tooFarApart(OfficialSession session, String phase, String mode, int index, Object difference) {
        String millis = String.valueOf(Math.round(session.rules().phaseSkewSeconds() * 1000));
        String observed = PyRepr.str(PyNumbers.times(difference, 1000));
        return Ended.fail(
                "The time difference for " + (index + 1) + " phase of " + mode + " mode is more than " + millis
                        + "ms.Observed difference is " + observed + "ms",
                Finding.error(
                                "clocks-apart",
                                "client and director disagree about when mark " + (index + 1) + " of the " + phase
                                        + " phase was")
                        .at(Summary.CLIENT, session.client().line("phases", phase, index))
                        .with("difference in ms", observed)
                        .limit(millis + " ms"));
    }

    private static void within(OfficialSession session, LoadWindow window, Object phases, String mode, String folder) {
        if (!inside(window.begin(), phases)) {
            throw outside(session, window, true, mode, folder);
        }
        if (!inside(window.end(), phases)) {
            throw outside(session, window, false, mode, folder);
        }
    }

    private static boolean inside(double time, Object phases) {
        return between(time, phases) || between(time - DST_SECONDS, phases);
    }

    private static boolean between(double time, Object phases) {
        return PyNumbers.less(PyValues.item(PyValues.item(phases, 1), 0), time)
                && PyNumbers.less(time, PyValues.item(PyValues.item(phases, 2), 0));
    }

    private static Ended outside(
            OfficialSession session, LoadWindow window, boolean begin, String mode, String folder) {
        double time = begin ? window.begin() : window.end();
        long line = begin ? window.beginLine() : window.endLine();
        String which = begin ? "begin" : "end";
        String from = PyRepr.str(PyValues.item(
                PyValues.item(PyValues.item(session.client().field("phases"), mode), 1), 0));
        String to = PyRepr.str(PyValues.item(
                PyValues.item(PyValues.item(session.client().field("phases"), mode), 2), 0));
        Finding finding = Finding.error(
                        "loadgen-outside",
                        "LoadGen's power_" + which + " does not lie between the marks of the " + mode + " phase")
                .at(LoadWindow.file(folder), line)
                .with("power_" + which + " in s", PythonFloat.repr(time))
                .limit("between " + from + " and " + to + " s");
        return Ended.fail(
                "Loadgen test " + which + " time is not within " + mode + " mode time interval.",
                shifted(window, session, mode, finding));
    }

    private static long zone(OfficialSession session) {
        return session.client().field("timezone", 0L) instanceof Long zone ? zone : 0;
    }

    /** A window in another time zone is named as that. */
    private static Finding shifted(LoadWindow window, OfficialSession session, String mode, Finding finding) {
        Object phases = session.client().field("phases");
        Object from = PyValues.item(PyValues.item(PyValues.item(phases, mode), 1), 0);
        Object to = PyValues.item(PyValues.item(PyValues.item(phases, mode), 2), 0);
        if (!PyNumbers.isNumber(from) || !PyNumbers.isNumber(to)) {
            return finding;
        }
        OptionalLong shift = TimeShift.into(
                window.begin(), window.end(), PyNumbers.toFloat(from), PyNumbers.toFloat(to), zone(session));
        return shift.isEmpty()
                ? finding
                : finding.with(
                        "time zone", "LoadGen's times are " + TimeShift.words(shift.getAsLong()) + " the SUT's clock");
    }

    private static void durations(OfficialSession session, double ranging, double testing) {
        if (session.rules().duration() == DurationRule.DIFFERENCE_FAILS) {
            double difference = divide(Math.abs(ranging - testing), Math.max(ranging, testing));
            if (!(difference < MAX_DIFFERENCE)) {
                throw Ended.fail(
                        "Duration of the ranging mode differs from the duration of testing mode by more than 5 percent",
                        durationFinding(ranging, testing, "less than 5 % apart"));
            }
            return;
        }
        double shorter = divide(ranging - testing, ranging);
        if (shorter > MAX_SHORTER) {
            throw Ended.warn(
                    "Duration of the testing mode (" + rounded(testing, 2) + ") is lower than that of ranging mode ("
                            + rounded(ranging, 2) + ") by " + rounded(shorter * 100, 2)
                            + " percent which is more than the expected 5 percent limit.",
                    durationFinding(ranging, testing, "testing at least half as long as ranging"));
        }
    }

    private static Finding durationFinding(double ranging, double testing, String limit) {
        return Finding.error("durations-differ", "the two phases differ too much in duration")
                .in(LoadWindow.file(RUN))
                .with("ranging in s", rounded(ranging, 2))
                .with("testing in s", rounded(testing, 2))
                .limit(limit);
    }

    private static double divide(double dividend, double divisor) {
        if (divisor == 0) {
            throw new PyError(
                    "division-by-zero", "a duration or an average power is zero, so nothing compares with it");
        }
        return dividend / divisor;
    }

    private static String rounded(double value, int digits) {
        return PythonFloat.repr(PyNumbers.round(value, digits));
    }

    private static void power(OfficialSession session) throws IOException {
        AveragePower ranging = AveragePower.read(session, RANGING).rounded();
        AveragePower testing = AveragePower.read(session, RUN).rounded();
        double delta = PyNumbers.round((divide(testing.watts(), ranging.watts()) - 1) * 100, 2);
        if (delta > -session.rules().powerDropPercent()) {
            return;
        }
        throw Ended.fail(
                "Average power during the testing mode run is lower than that during the ranging run by more than 5%."
                        + " Observed delta is " + PythonFloat.repr(delta) + "% with avg. ranging power "
                        + PythonFloat.repr(ranging.watts()) + ", avg.testing power "
                        + PythonFloat.repr(testing.watts()) + ", avg. ranging power factor "
                        + PythonFloat.repr(ranging.powerFactor()) + " and avg. testing power factor "
                        + PythonFloat.repr(testing.powerFactor()),
                Finding.error("power-dropped", "the system drew less power while testing than while ranging")
                        .in(AveragePower.file(RUN))
                        .with("ranging in W", PythonFloat.repr(ranging.watts()))
                        .with("testing in W", PythonFloat.repr(testing.watts()))
                        .with("difference in %", PythonFloat.repr(delta))
                        .limit("more than -5 %"));
    }
}
