package dev.wattline.ledger.tiny;

import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.read.json.JsonFile;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Computes the energy of an inference of MLPerf Tiny from the energy trace: window k of the log runs from element k - 1 to
 * element k, counted from 0, of {@code trace1-timestamps.json}; its energy is the sum of the trace's samples between these
 * seconds times the sample rate, rounded.
 */
public final class TinyStudy {
    private static final String TRACE = "trace1-energy.bin";
    private static final String STAMPS = "trace1-timestamps.json";
    private static final String TRIALS = "results.json"; // since v1.3
    private static final List<String> LOGS = List.of("results.txt", "energy_results.txt");
    private static final int MAX_DEPTH = 64;
    private static final double AGREES = 2e-3; // trace against printed energy, as a fraction

    private final Path folder;
    private final List<Finding> findings = new ArrayList<>();

    private TinyStudy(Path folder) {
        this.folder = folder;
    }

    /**
     * The folders of energy runs below this one, itself included, in the order of their names: those with an energy trace,
     * and those called {@code energy} with the runner's log. Links are not followed.
     *
     * @throws IOException if the folder cannot be listed; folders below that cannot are passed over
     */
    public static List<Path> below(Path root) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        Files.walkFileTree(root, java.util.Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                Path parent = file.getParent();
                if (parent != null && (name.equals(TRACE) || (LOGS.contains(name) && isEnergyFolder(parent)))) {
                    found.add(parent);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (file.equals(root)) {
                    throw e;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new ArrayList<>(found);
    }

    private static boolean isEnergyFolder(Path folder) {
        return folder.getFileName() != null && folder.getFileName().toString().equalsIgnoreCase("energy");
    }

    /**
     * Reads a folder of energy runs.
     *
     * @param shown its name in the outcome
     * @throws IOException if a file in it cannot be read
     */
    public static TinyFolder of(Path folder, String shown) throws IOException {
        return new TinyStudy(folder).study(shown);
    }

    private TinyFolder study(String shown) throws IOException {
        Optional<Path> logFile =
                LOGS.stream().map(folder::resolve).filter(Files::isRegularFile).findFirst();
        EnergyTrace trace = null;
        List<TrialTrace> trials = List.of();
        if (Files.isRegularFile(folder.resolve(TRACE))) {
            trace = EnergyTrace.read(folder.resolve(TRACE));
        } else if (Files.isRegularFile(folder.resolve(TRIALS))) {
            trials = TrialTrace.read(folder.resolve(TRIALS));
        }
        if (trace == null && trials.isEmpty()) {
            findings.add(Finding.of("tiny-no-trace", "there is no energy trace").in(TRACE));
        }
        if (logFile.isEmpty()) {
            findings.add(Finding.of("tiny-no-log", "there is no log of the energy runner")
                    .in(LOGS.get(0)));
        }
        List<Double> stamps = trace == null ? List.of() : stamps();
        EnergyLog log = logFile.isEmpty() ? null : EnergyLog.read(logFile.get());
        List<TinyFolder.Window> windows = new ArrayList<>();
        if (trace != null && log != null) {
            String name = String.valueOf(logFile.get().getFileName());
            for (EnergyLog.Window window : log.windows().values()) {
                window(trace, stamps, window, name).ifPresent(windows::add);
            }
        }
        if (log != null) {
            trials(trials, log, String.valueOf(logFile.get().getFileName()), windows);
            streaming(log, String.valueOf(logFile.get().getFileName()));
        }
        Double median = median(windows);
        Double logMedian = log == null || Double.isNaN(log.medianUJ()) ? null : log.medianUJ();
        if (median != null && logMedian != null && Math.abs(median / logMedian - 1) > AGREES) {
            findings.add(Finding.of("tiny-median-differs", "trace and log give different medians")
                    .with("median_uj", median)
                    .with("log_median_uj", logMedian));
        }
        return new TinyFolder(shown, median, logMedian, rate(trace, trials), windows, findings);
    }

    private static @Nullable Double rate(@Nullable EnergyTrace trace, List<TrialTrace> trials) {
        return trace != null ? Double.valueOf(trace.rateHz()) : trials.isEmpty() ? null : TrialTrace.RATE_HZ;
    }

    private void trials(List<TrialTrace> trials, EnergyLog log, String file, List<TinyFolder.Window> windows) {
        for (int k = 0; k < trials.size(); k++) {
            TrialTrace trial = trials.get(k);
            EnergyLog.Window window = log.windows().get(k);
            if (window == null || !(window.inferences() > 0) || Double.isNaN(trial.energyUJ())) {
                findings.add(Finding.of("tiny-window-unusable", "the log does not tell the trial's inferences")
                        .at(file, window == null ? 0 : window.line())
                        .with("window", k));
            } else {
                compare(window, trial.energyUJ(), file);
                windows.add(new TinyFolder.Window(
                        k,
                        trial.startS(),
                        trial.endS(),
                        trial.energyUJ(),
                        window.inferences(),
                        trial.energyUJ() / window.inferences(),
                        window.energyUJ()));
            }
        }
    }

    /** A streaming benchmark's "inference" is the whole run: its energy is that of a time, and of a duty cycle. */
    private void streaming(EnergyLog log, String file) {
        if (Double.isNaN(log.dutyCycle())) {
            return;
        }
        for (EnergyLog.Window window : log.windows().values()) {
            findings.add(Finding.of("tiny-streaming", "the energy is that of a run over a time, not of an inference")
                    .at(file, window.line())
                    .with("seconds", Decimals.significant(window.lengthS(), 6))
                    .with("energy_uj", Decimals.fixed(window.energyUJ(), 3))
                    .with("mean_mw", Decimals.significant(window.energyUJ() / window.lengthS() / 1e3, 6))
                    .with("duty_cycle", log.dutyCycle()));
        }
    }

    private List<Double> stamps() throws IOException {
        Path file = folder.resolve(STAMPS);
        if (!Files.isRegularFile(file)) {
            findings.add(Finding.of("tiny-no-timestamps", "there are no time stamps of the windows")
                    .in(STAMPS));
            return List.of();
        }
        List<Double> stamps = new ArrayList<>();
        if (JsonFile.read(file) instanceof List<?> list) {
            for (Object stamp : list) {
                stamps.add(stamp instanceof Number number ? number.doubleValue() : Double.NaN);
            }
        }
        return stamps;
    }

    private Optional<TinyFolder.Window> window(
            EnergyTrace trace, List<Double> stamps, EnergyLog.Window window, String log) {
        int k = window.number();
        double start = k >= 1 && k <= stamps.size() ? stamps.get(k - 1) : Double.NaN;
        // The last window may end with the trace.
        double end = k < stamps.size() ? stamps.get(k) : trace.samples() / trace.rateHz();
        double energy = trace.energyMicrojoules(start, end);
        double inferences = window.inferences();
        if (Double.isNaN(energy) || !(inferences > 0)) {
            findings.add(Finding.of(
                            "tiny-window-unusable",
                            Double.isNaN(energy)
                                    ? "trace and time stamps do not hold the window"
                                    : "the log does not tell the window's inferences")
                    .at(log, window.line())
                    .with("window", k));
            return Optional.empty();
        }
        if (!window.consistent()) {
            findings.add(
                    Finding.of("tiny-inferences-differ", "the inferences counted are not those of the printed energies")
                            .at(log, window.line())
                            .with("counted", window.counted())
                            .with("by_energies", Decimals.significant(window.energyUJ() / window.perInferenceUJ(), 7)));
        }
        compare(window, energy, log);
        return Optional.of(
                new TinyFolder.Window(k, start, end, energy, inferences, energy / inferences, window.energyUJ()));
    }

    private void compare(EnergyLog.Window window, double energy, String log) {
        if (Math.abs(energy / window.energyUJ() - 1) > AGREES) {
            findings.add(Finding.of(
                            "tiny-window-differs",
                            "the trace's energy is off the printed one by "
                                    + Decimals.percent(energy / window.energyUJ() - 1, 2))
                    .at(log, window.line())
                    .with("trace_uj", energy)
                    .with("log_uj", window.energyUJ()));
        }
    }

    private static @Nullable Double median(List<TinyFolder.Window> windows) {
        double[] sorted = windows.stream()
                .mapToDouble(TinyFolder.Window::perInferenceUJ)
                .sorted()
                .toArray();
        int n = sorted.length;
        return n == 0 ? null : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
