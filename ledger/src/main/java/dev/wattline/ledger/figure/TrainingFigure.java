package dev.wattline.ledger.figure;

import dev.wattline.ledger.figure.FigureContent.Energies;
import dev.wattline.ledger.figure.FigureContent.Training;
import dev.wattline.ledger.figure.PaperFigure.Difference;
import dev.wattline.ledger.figure.PaperFigure.Side;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.ledger.training.TrainingRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Figure 6: energy to train Llama2-70B LoRA at several sizes of one submitter's system. */
final class TrainingFigure {
    private static final String BENCHMARK = "llama2_70b_lora";
    private static final String SUBMITTER = "smc-dc-power";
    private static final double MEGA = 1e6;
    private static final double MINUTE = 60;

    /** What the paper's script plots. */
    private static final List<Training> PLOTTED =
            List.of(plotted(8, 11.77, 0.0, 29.101), plotted(64, 15.08, 5.3, 5.488), plotted(512, 38.64, 7.2, 2.015));

    private TrainingFigure() {}

    private static Training plotted(int accelerators, double compute, double interconnect, double minutes) {
        return new Training(accelerators, compute, interconnect, minutes, null, null, 0, "a constant in the script");
    }

    static PaperFigure of(FigureSources sources) {
        List<RoundTree.Training> folders = folders(sources.trees());
        List<Training> official = new ArrayList<>();
        List<Training> window = new ArrayList<>();
        for (RoundTree.Training folder : folders) {
            List<TrainingRun> runs = folder.study().runs().stream()
                    .filter(run -> run.officialJ() != null && run.windowJ() != null && run.trainSeconds() != null)
                    .toList();
            if (!runs.isEmpty() && folder.study().fileOrderJ() != null) {
                official.add(official(folder, runs));
                window.add(window(folder, runs));
            }
        }
        List<Difference> differences = new ArrayList<>();
        for (Training size : window) {
            PLOTTED.stream()
                    .filter(plotted -> plotted.accelerators() == size.accelerators())
                    .forEach(plotted -> differ(differences, plotted, size));
        }
        return new PaperFigure(
                "6",
                "Energy and time to train Llama2-70B LoRA",
                "Energy of nodes and of switches, MJ, and time to train, minutes, at 8, 64 and 512 accelerators. Published:"
                        + " mean power of the whole log times the time to train, mean without the fastest and the slowest"
                        + " run, times the scaling factor of the convergence. Strict: energy within the timed run, mean of"
                        + " all runs, without scaling factor. The switches' power is an estimate of the submitter.",
                new Side(
                        new Energies(PLOTTED),
                        PLOTTED.size() + " sizes",
                        List.of("The energies hold a scaling factor, which is no energy: 1.0347, 1.0347 and 1.0317."),
                        List.of()),
                window.isEmpty()
                        ? null
                        : new Side(
                                new Energies(window),
                                window.stream().mapToInt(Training::runs).sum() + " runs",
                                List.of("Whiskers reach from the least to the greatest total of the runs."),
                                List.of()),
                official.isEmpty()
                        ? null
                        : new Side(
                                new Energies(official),
                                official.stream().mapToInt(Training::runs).sum() + " runs",
                                List.of("The official values, from the logs alone."),
                                List.of()),
                differences);
    }

    /** The benchmark's folders of the paper's submitter, or of the one with most sizes. */
    private static List<RoundTree.Training> folders(List<RoundTree> trees) {
        Map<String, List<RoundTree.Training>> bySubmitter = new LinkedHashMap<>();
        for (RoundTree tree : trees) {
            for (RoundTree.Training training : tree.trainings()) {
                if (training.place().benchmark().equals(BENCHMARK) && training.accelerators() > 0) {
                    bySubmitter
                            .computeIfAbsent(training.place().organization(), name -> new ArrayList<>())
                            .add(training);
                }
            }
        }
        List<RoundTree.Training> folders = bySubmitter.getOrDefault(
                SUBMITTER,
                bySubmitter.values().stream()
                        .max(Comparator.comparingInt(List::size))
                        .orElse(List.of()));
        return folders.stream()
                .sorted(Comparator.comparingInt(RoundTree.Training::accelerators))
                .toList();
    }

    private static Training official(RoundTree.Training folder, List<TrainingRun> runs) {
        int dropped = folder.study().dropped();
        List<TrainingRun> counted = runs.stream()
                .sorted(Comparator.comparingDouble(run -> Objects.requireNonNull(run.trainSeconds())))
                .toList();
        if (counted.size() > 2 * dropped) {
            counted = counted.subList(dropped, counted.size() - dropped);
        }
        double scaling = folder.study().scalingFactor();
        double total = Objects.requireNonNull(folder.study().fileOrderJ());
        double interconnect = scaling * mean(counted, TrainingRun::interconnectJ);
        Double seconds = folder.study().trainSeconds();
        return new Training(
                folder.accelerators(),
                (total - interconnect) / MEGA,
                interconnect / MEGA,
                (seconds == null ? Double.NaN : seconds) / MINUTE,
                null,
                null,
                runs.size(),
                folder.place().path());
    }

    private static Training window(RoundTree.Training folder, List<TrainingRun> runs) {
        ToDoubleFunction<TrainingRun> total = run -> Objects.requireNonNull(run.windowJ());
        double interconnect = mean(runs, TrainingRun::interconnectJ);
        OptionalDouble low = runs.stream().mapToDouble(total).min();
        OptionalDouble high = runs.stream().mapToDouble(total).max();
        return new Training(
                folder.accelerators(),
                (mean(runs, total) - interconnect) / MEGA,
                interconnect / MEGA,
                mean(runs, run -> Objects.requireNonNull(run.trainSeconds())) / MINUTE,
                low.orElseThrow() / MEGA,
                high.orElseThrow() / MEGA,
                runs.size(),
                folder.place().path());
    }

    private static double mean(List<TrainingRun> runs, ToDoubleFunction<TrainingRun> value) {
        return runs.stream().mapToDouble(value).average().orElseThrow();
    }

    private static void differ(List<Difference> differences, Training plotted, Training strict) {
        String size = plotted.accelerators() + " accelerators, ";
        String why = "the whole log's mean and the scaling factor, against the energy in the timed run";
        differences.add(new Difference(size + "nodes, MJ", plotted.computeMJ(), strict.computeMJ(), why));
        if (plotted.interconnectMJ() > 0) {
            differences.add(new Difference(
                    size + "switches, MJ",
                    plotted.interconnectMJ(),
                    strict.interconnectMJ(),
                    "scaling factor, and the olympic mean of the time to train"));
        }
        differences.add(new Difference(
                size + "time to train, min",
                plotted.minutes(),
                strict.minutes(),
                "scaling factor, and the olympic mean"));
    }
}
