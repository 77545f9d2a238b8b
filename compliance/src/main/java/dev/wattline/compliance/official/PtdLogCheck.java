package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyLines;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PySpace;
import dev.wattline.compliance.python.PyTime;
import dev.wattline.files.SessionFile;
import dev.wattline.model.PtdTime;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PTDaemon checked uncertainties, and complained of nothing that matters. The log is read twice: once for the bounds of
 * the ranging phase, once for the complaints, whose weight depends on those bounds.
 */
final class PtdLogCheck implements OfficialCheck {
    private static final String FILE = SessionFile.PTD_LOGS.place();
    private static final String COMPLETED = ": Completed test";

    private static final class Uncertainty {
        // The official expression is \d+.\d+, whose point is any character, a digit too: three digits are enough, and a
        // long run of them, taken possessively, is looked at once.
        static final Pattern TOO_HIGH = Pattern.compile(
                "Uncertainty (?:\\p{Nd}{3,}+|\\p{Nd}++.\\p{Nd}++)%, which is above 1.00% limit for the last sample!",
                Pattern.UNIX_LINES);
    }

    @Override
    public String name() {
        return "Check errors and warnings from PTD logs";
    }

    @Override
    public String file() {
        return FILE;
    }

    @Override
    public void run(OfficialSession session) throws IOException {
        String mark = PyRepr.str(session.server().field("session_name")) + "_ranging";
        LoadWindow load = session.window("run_1");
        double offset = session.ptdOffset();
        Overview overview = overview(session, ": Go with mark " + PyRepr.repr(mark), offset);
        if (overview.rangingError != null) {
            throw overview.rangingError;
        }
        Double start = overview.start;
        Double stop = overview.stop;
        if (start == null || stop == null) {
            throw Ended.fail(
                    "Can not find ranging time in ptd_logs.txt.",
                    Finding.error(
                                    "ptd-log-no-ranging",
                                    "ptd_logs.txt lacks the " + (start == null ? "start" : "end")
                                            + " of the ranging measurement")
                            .in(FILE)
                            .limit(start == null ? "a line 'Go with mark '" + mark + "''" : "a line 'Completed test'"));
        }
        activation(overview, start);
        Complaints complaints = new Complaints(session.rules(), load, start, stop, offset);
        try (PyLines lines = session.view().lines(FILE)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                complaints.check(line, lines.line());
            }
        } catch (PyError e) {
            throw e.in(FILE, 0);
        }
    }

    /** What the first reading finds; a time that cannot be read counts only if the official checker gets that far. */
    private static final class Overview {
        @Nullable
        Double start;

        @Nullable
        Double stop;

        @Nullable
        PyError rangingError;

        @Nullable
        String activation;

        long activationLine;
        double offset;
    }

    private static Overview overview(OfficialSession session, String go, double offset) throws IOException {
        Overview overview = new Overview();
        overview.offset = offset;
        try (PyLines lines = session.view().lines(FILE)) {
            // To the end in any case: the official checker decodes the whole file before it looks at a line.
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (overview.rangingError == null && overview.stop == null) {
                    try {
                        ranging(overview, line, go);
                    } catch (PyError e) {
                        overview.rangingError = e.in(FILE, lines.line());
                    }
                }
                if (overview.activation == null && ActivationLine.matches(line)) {
                    overview.activation = line;
                    overview.activationLine = lines.line();
                }
            }
        } catch (PyError e) {
            throw e.in(FILE, 0);
        }
        return overview;
    }

    /** Python takes 0.0 for no time. */
    private static boolean isSet(@Nullable Double time) {
        return time != null && time != 0;
    }

    private static void ranging(Overview overview, String line, String go) {
        String message = line;
        double at = LogStamp.secondsIfAny(line); // a date that is none ends the official check, whatever the line says
        if (!Double.isNaN(at)) {
            if (line.length() == LogStamp.LENGTH || line.charAt(LogStamp.LENGTH) == '\n') {
                return;
            }
            message = PySpace.strip(line.substring(LogStamp.LENGTH));
        }
        if (!isSet(overview.start) && message.equals(go)) {
            overview.start = stamped(at, line) + overview.offset;
        }
        if (isSet(overview.start) && message.equals(COMPLETED)) {
            overview.stop = stamped(at, line) + overview.offset;
        }
    }

    private static double stamped(double at, String line) {
        return Double.isNaN(at) ? LogStamp.seconds(line) : at; // which says what is missing
    }

    private static void activation(Overview overview, double start) {
        if (overview.activation == null) {
            throw Ended.fail(
                    "ptd_logs.txt: Line 'Uncertainty checking for Yokogawa... is activated' is not found.",
                    Finding.error("ptd-log-no-uncertainty", "PTDaemon did not check the uncertainty of its samples")
                            .in(FILE)
                            .limit("a line 'Uncertainty checking for Yokogawa... is activated'"));
        }
        Finding finding = Finding.error(
                        "ptd-log-late-uncertainty", "PTDaemon checked uncertainties too late or at no known time")
                .at(FILE, overview.activationLine);
        if (!LogStamp.startsWith(overview.activation)) {
            throw Ended.fail(
                    "ptd_logs.txt: Can not get timestamp for 'Uncertainty checking for Yokogawa... is activated' message.",
                    finding);
        }
        double at;
        try {
            at = LogStamp.seconds(overview.activation) + overview.offset;
        } catch (PyError e) {
            throw e.in(FILE, overview.activationLine);
        }
        if (!(at < start)) {
            throw Ended.fail(
                    "ptd_logs.txt: Uncertainty checking Yokogawa... was activated after ranging mode was started.",
                    finding.with("activated at s", PythonFloat.repr(at)).limit("before " + PythonFloat.repr(start)));
        }
    }

    /** {@code Uncertainty checking for Yokogawa}, anything without a blank, {@code is activated}. */
    private static final class ActivationLine {
        private static final String HEAD = "Uncertainty checking for Yokogawa";
        private static final String TAIL = " is activated";

        static boolean matches(String line) {
            for (int at = line.indexOf(HEAD); at >= 0; at = line.indexOf(HEAD, at + 1)) {
                int from = at + HEAD.length();
                int to = from;
                while (to < line.length() && !PySpace.isSpace(line.charAt(to))) {
                    to++;
                }
                if (to > from && line.startsWith(TAIL, to)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The time stamp at the beginning of a line of the log. */
    static final class LogStamp {
        static final int LENGTH = 23;
        private static final String SHAPE = "dd-dd-dddd dd:dd:dd.ddd";

        private LogStamp() {}

        static boolean startsWith(String line) {
            return PtdTime.isAt(line, 0) || unusual(line);
        }

        /** The shape with digits of other scripts, and anything for the point, as the official expression has it. */
        private static boolean unusual(String line) {
            if (line.length() < LENGTH || line.charAt(2) != '-') {
                return false;
            }
            for (int i = 0; i < LENGTH; i++) {
                char c = line.charAt(i);
                boolean right = switch (SHAPE.charAt(i)) {
                    case 'd' -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
                    case '.' -> c != '\n';
                    default -> c == SHAPE.charAt(i);
                };
                if (!right) {
                    return false;
                }
            }
            return true;
        }

        static double seconds(String line) {
            double seconds = secondsIfAny(line);
            if (Double.isNaN(seconds)) {
                throw new PyError(
                        "time-missing", "a time was expected at the beginning of '" + PySpace.strip(line) + "'");
            }
            return seconds;
        }

        /** NaN if no time stands there; a date that is none is an error in any case. */
        static double secondsIfAny(String line) {
            return startsWith(line) ? PyTime.seconds(PyTime.parse(line, 0, LENGTH)) : Double.NaN;
        }
    }

    /** Whether a complaint's text reports a sample above 1 % uncertainty in the one form that the checker knows. */
    static boolean reportsHighUncertainty(String text) {
        return Uncertainty.TOO_HIGH.matcher(text).find();
    }
}
