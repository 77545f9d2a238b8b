package dev.wattline.compliance.official;

import dev.wattline.compliance.official.PtdLogCheck.LogStamp;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PySpace;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.files.SessionFile;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.finding.Finding;
import org.jspecify.annotations.Nullable;

/** Weighs the WARNING and ERROR lines of PTDaemon's log one by one. */
final class Complaints {
    private static final String FILE = SessionFile.PTD_LOGS.place();

    private final RoundRules rules;
    private final LoadWindow load;
    private final double start; // of ranging, s
    private final double stop;
    private final double offset;

    Complaints(RoundRules rules, LoadWindow load, double start, double stop, double offset) {
        this.rules = rules;
        this.load = load;
        this.start = start;
        this.stop = stop;
        this.offset = offset;
    }

    /**
     * @throws Ended if the line ends the check
     */
    void check(String line, long number) {
        String warning = behind(line, "WARNING:");
        if (warning != null) {
            warning(line, number, warning);
        }
        String error = behind(line, "ERROR:");
        if (error != null) {
            error(line, number, error);
        }
    }

    /** What follows the label on its line, stripped; null if nothing does. */
    private static @Nullable String behind(String line, String label) {
        int at = line.indexOf(label);
        if (at < 0) {
            return null;
        }
        String rest = line.substring(at + label.length());
        return rest.isEmpty() || rest.equals("\n") ? null : PySpace.strip(rest);
    }

    private double time(String line, long number) {
        try {
            return LogStamp.seconds(line) + offset;
        } catch (PyError e) {
            throw e.in(FILE, number);
        }
    }

    private void warning(String line, long number, String text) {
        double at = time(line, number);
        // The margin is 800 ms in the official checker's mind and 800 s in its arithmetic.
        double margin = rules.warningMarginSeconds();
        if (!(load.begin() + margin < at && at < load.end() - margin)) {
            return;
        }
        String shown = PyRepr.repr(PySpace.strip(line));
        if (rules.uncertaintyFails() && PtdLogCheck.reportsHighUncertainty(text)) {
            throw Ended.fail(
                    shown + " during testing phase. Test start time: " + PythonFloat.repr(load.begin())
                            + ", Log time: " + PythonFloat.repr(at) + ", Test stop time: "
                            + PythonFloat.repr(load.end()) + " ",
                    Finding.error("ptd-log-uncertainty", "a sample within the load has an uncertainty above 1 %")
                            .at(FILE, number)
                            .with("line", PySpace.strip(line))
                            .limit("1.00 %"));
        }
        throw Ended.warn(
                shown + " in ptd_log.txt during load stage",
                Finding.error("ptd-log-warning", "PTDaemon warned within the load")
                        .at(FILE, number)
                        .with("line", PySpace.strip(line)));
    }

    private void error(String line, long number, String text) {
        double at = time(line, number);
        String plain = PySpace.strip(line);
        if (rules.acceptedErrors().contains(text)) {
            throw Ended.warn(
                    softened(plain) + " in ptd_log.txt during testing stage but it is accepted. Treated as WARNING",
                    Finding.error(
                                    "ptd-log-accepted-error",
                                    "PTDaemon reported an error that is known to be harmless; the"
                                            + " official check ends here and sees nothing that follows")
                            .at(FILE, number)
                            .with("line", plain));
        }
        if (!(start < at && at < stop)) {
            throw Ended.fail(
                    PyRepr.repr(plain) + " in ptd_log.txt",
                    Finding.error("ptd-log-error", "PTDaemon reported an error outside the ranging phase")
                            .at(FILE, number)
                            .with("line", plain)
                            .limit("no ERROR line outside ranging"));
        }
        if (!isUsual(text)) {
            throw Ended.warn(
                    softened(plain) + " in ptd_log.txt during ranging stage. Treated as WARNING",
                    Finding.error(
                                    "ptd-log-ranging-error",
                                    "PTDaemon reported an unusual error while ranging; the official"
                                            + " check ends here and sees nothing that follows")
                            .at(FILE, number)
                            .with("line", plain));
        }
    }

    /** A loop, not a stream: PTDaemon complains twice a second while it ranges. */
    private boolean isUsual(String text) {
        for (String usual : rules.rangingErrors()) {
            if (text.startsWith(usual)) {
                return true;
            }
        }
        return false;
    }

    private static String softened(String line) {
        return PyRepr.repr(line.replace("ERROR", "Warning"));
    }
}
