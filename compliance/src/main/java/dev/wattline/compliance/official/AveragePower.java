package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyLines;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyTime;
import dev.wattline.files.SessionFile;
import java.io.IOException;

/**
 * Mean power and power factor of a phase as the official checker computes them: rows strictly inside the power window,
 * values above zero only, each column by itself; -1 where no row is left.
 */
record AveragePower(double watts, double powerFactor) {
    private static final int TIME_FIELD = 1;
    private static final int WATTS_FIELD = 3;
    private static final int POWER_FACTOR_FIELD = 9;

    /** The name of a phase's power log, relative to the session. */
    static String file(String folder) {
        return folder + "/" + SessionFile.SPL;
    }

    static AveragePower read(OfficialSession session, String folder) throws IOException {
        LoadWindow window = session.window(folder);
        long begin = PyTime.micros(window.begin());
        long end = PyTime.micros(window.end());
        Mean watts = new Mean();
        Mean powerFactor = new Mean();
        String file = file(folder);
        try (PyLines lines = session.view().lines(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (!line.startsWith("Time")) {
                    continue;
                }
                try {
                    long at = PyTime.parse(field(line, TIME_FIELD));
                    if (at > begin && at < end) {
                        double power = PyNumbers.parseFloat(field(line, WATTS_FIELD));
                        double factor = PyNumbers.parseFloat(field(line, POWER_FACTOR_FIELD));
                        watts.add(power);
                        powerFactor.add(factor);
                    }
                } catch (PyError e) {
                    throw e.in(file, lines.line());
                }
            }
        } catch (PyError e) {
            throw e.in(file, 0);
        }
        return new AveragePower(watts.value(), powerFactor.value());
    }

    private static String field(String line, int index) {
        int from = 0;
        for (int i = 0; i < index; i++) {
            int comma = line.indexOf(',', from);
            if (comma < 0) {
                throw new PyError(
                        "row-short",
                        "the row has " + (i + 1) + " fields, where field " + (index + 1) + " was expected");
            }
            from = comma + 1;
        }
        int end = line.indexOf(',', from);
        return line.substring(from, end < 0 ? line.length() : end);
    }

    /** Both to five decimals, as they are compared and reported. */
    AveragePower rounded() {
        return new AveragePower(PyNumbers.round(watts, 5), PyNumbers.round(powerFactor, 5));
    }

    /** A mean summed in the order of the rows, as Python up to 3.11 sums floats. */
    private static final class Mean {
        private double sum;
        private long count;

        void add(double value) {
            if (value > 0) {
                sum += value;
                count++;
            }
        }

        double value() {
            return count == 0 ? -1 : sum / count;
        }
    }
}
