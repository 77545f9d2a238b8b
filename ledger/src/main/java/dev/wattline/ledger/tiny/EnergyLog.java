package dev.wattline.ledger.tiny;

import dev.wattline.files.BoundedLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the energy runner printed, {@code results.txt}: windows with their energies, then the median, then the number of
 * inferences of each window. Lines are {@code TIME ulp-ml: TEXT}.
 *
 * @param windows by their numbers
 * @param medianUJ the median that it gives, uJ an inference; NaN if there is none
 * @param dutyCycle of the streaming benchmark, the share of time in which it computes; NaN of the others
 */
record EnergyLog(Map<Integer, Window> windows, double medianUJ, double dutyCycle) {
    private static final int MAX_LINE = 1 << 12;
    private static final String NUMBER = "([0-9.eE+-]+)";
    private static final Pattern WINDOW =
            Pattern.compile("Energy data for window (\\d+) at time " + NUMBER + " for " + NUMBER + " sec");
    /** Since v1.3. */
    private static final Pattern TRIAL = Pattern.compile("Energy data for trial (\\d+)");

    private static final Pattern ELAPSED = Pattern.compile("Elapsed time\\s*:\\s*" + NUMBER);
    private static final Pattern DUTY = Pattern.compile("Average duty cycle\\s*:\\s*" + NUMBER);
    private static final Pattern ENERGY = Pattern.compile("(?:Total )?Energy\\s*:\\s*" + NUMBER + "\\s*uJ\\b");
    private static final Pattern PER_INFERENCE = Pattern.compile("Energy/Inf\\.?\\s*:\\s*" + NUMBER + "\\s*uJ/inf");
    private static final Pattern PERFORMANCE = Pattern.compile("Performance results for window (\\d+)");
    private static final Pattern INFERENCES = Pattern.compile("(?:# |^\\s*)Inferences\\s*:\\s*" + NUMBER);
    private static final Pattern MEDIAN = Pattern.compile("Median energy cost is " + NUMBER + "\\s*uJ/inf");

    /**
     * A window by the log; NaN stands for what it does not say.
     *
     * @param line where it stands, from 1
     * @param counted the number of inferences that the log counted
     */
    record Window(
            int number,
            long line,
            double startS,
            double lengthS,
            double energyUJ,
            double perInferenceUJ,
            double counted) {

        /** The number of inferences: the energy over that of one, as printed, where it is not counted. */
        double inferences() {
            return Double.isNaN(counted) ? energyUJ / perInferenceUJ : counted;
        }

        /** Whether the number counted is that of the two energies, as far as their digits tell. */
        boolean consistent() {
            double ratio = energyUJ / perInferenceUJ;
            double tolerance = 1e-3 / perInferenceUJ + 1e-6;
            return Double.isNaN(counted) || Double.isNaN(ratio) || Math.abs(ratio / counted - 1) <= tolerance;
        }
    }

    static EnergyLog read(Path file) throws IOException {
        Map<Integer, Window> windows = new TreeMap<>();
        double median = Double.NaN;
        double duty = Double.NaN;
        int current = 0;
        try (BoundedLines lines = new BoundedLines(Files.newInputStream(file), MAX_LINE)) {
            long number = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                number++;
                Matcher window = WINDOW.matcher(line);
                if (window.find()) {
                    current = Integer.parseInt(window.group(1));
                    windows.put(
                            current,
                            new Window(
                                    current,
                                    number,
                                    value(window.group(2)),
                                    value(window.group(3)),
                                    Double.NaN,
                                    Double.NaN,
                                    Double.NaN));
                    continue;
                }
                Matcher trial = TRIAL.matcher(line);
                if (trial.find()) {
                    current = Integer.parseInt(trial.group(1));
                    double nan = Double.NaN;
                    windows.put(current, new Window(current, number, nan, nan, nan, nan, nan));
                    continue;
                }
                Matcher performance = PERFORMANCE.matcher(line);
                if (performance.find()) {
                    current = Integer.parseInt(performance.group(1));
                }
                Window of = windows.get(current);
                if (of != null) {
                    windows.put(current, with(of, line));
                }
                double told = match(MEDIAN, line);
                median = Double.isNaN(told) ? median : told;
                double busy = match(DUTY, line);
                duty = Double.isNaN(busy) ? duty : busy;
            }
        }
        return new EnergyLog(windows, median, duty);
    }

    private static Window with(Window of, String line) {
        double energy = match(ENERGY, line);
        double each = match(PER_INFERENCE, line);
        double counted = match(INFERENCES, line);
        double elapsed = match(ELAPSED, line);
        return new Window(
                of.number(),
                of.line(),
                of.startS(),
                Double.isNaN(elapsed) ? of.lengthS() : elapsed,
                Double.isNaN(energy) ? of.energyUJ() : energy,
                Double.isNaN(each) ? of.perInferenceUJ() : each,
                Double.isNaN(counted) ? of.counted() : counted);
    }

    private static double match(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? value(matcher.group(1)) : Double.NaN;
    }

    private static double value(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN; // digits and signs in an order that is no number
        }
    }
}
