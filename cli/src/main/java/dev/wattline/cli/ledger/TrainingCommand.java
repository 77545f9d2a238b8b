package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.Progress;
import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.out.json.TrainingJson;
import dev.wattline.ledger.training.TrainingFolder;
import dev.wattline.ledger.training.TrainingRun;
import dev.wattline.ledger.training.TrainingStudy;
import dev.wattline.ledger.training.TrainingTree;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.FindingCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline training}: the energy to train by the logs of a submission. */
@Command(
        name = "training",
        description = {
            "The energy to train of MLPerf Training and HPC submissions, from their power logs.",
            "Both the official value, which takes the mean of the whole log, and the energy within the timed run."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline training training_results_v4.0",
            "  wattline training --runs ACME/results/8xH100/llama2_70b_lora",
            "  wattline training --json ACME > training.json",
            "",
            "Exit status: 0 each folder has an energy, 1 one has none, 2 wrong usage."
        })
public final class TrainingCommand implements Callable<Integer> {
    private static final double MEGA = 1e6;

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "DIR", description = "A folder that holds results with power logs, at any depth.")
    private Path folder = Path.of("");

    @Option(names = "--runs", description = "Print a line for each run as well.")
    private boolean runs;

    @Option(names = "--json", description = "Print all of it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Path> paths = LedgerFolder.contents(
                folder,
                TrainingTree::below,
                "training results with power",
                "Expected result_*.txt beside power/result_*/node_*.txt.");
        List<TrainingFolder> folders = new ArrayList<>();
        try (Progress progress = new Progress("read", "folders", paths.size())) {
            for (Path path : paths) {
                folders.add(TrainingStudy.of(path, LedgerFolder.shown(folder, path)));
                progress.step();
            }
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            TrainingJson.write(folders, out);
        } else {
            folders.forEach(each -> print(each, out));
        }
        out.flush();
        boolean all = folders.stream().allMatch(each -> each.officialJ() != null && each.windowJ() != null);
        return all ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }

    private void print(TrainingFolder each, PrintStream out) {
        out.println(each.folder());
        out.printf("  official  %s%n", megajoules(each.officialJ()));
        out.printf("  in window %s%n", megajoules(each.windowJ()));
        Double share = each.medianUnderstatement();
        if (share != null) {
            out.printf(
                    "  window over official, median of %d runs: %s%n",
                    each.runs().size(), signed(share));
        }
        if (runs) {
            out.printf("  %14s  %14s  %9s  %9s  %s%n", "official J", "window J", "diff", "train s", "run");
            for (TrainingRun run : each.runs()) {
                Double of = run.understatement();
                out.printf(
                        "  %14s  %14s  %9s  %9s  %s%n",
                        joules(run.officialJ()),
                        joules(run.windowJ()),
                        of == null ? "" : signed(of),
                        run.trainSeconds() == null ? "none" : Decimals.fixed(run.trainSeconds(), 1),
                        run.name());
            }
        }
        print(each.findings(), out);
    }

    /** Findings a line each, with their values and what follows from them. */
    static void print(List<Finding> findings, PrintStream out) {
        for (Finding finding : findings) {
            String place =
                    finding.file() == null ? "" : finding.file() + (finding.line() > 0 ? ":" + finding.line() : "");
            out.printf(
                    "  %-7s %s: %s%s%s%n",
                    finding.severity().word(),
                    finding.id(),
                    finding.message(),
                    finding.values().isEmpty() ? "" : " " + finding.values(),
                    place.isEmpty() ? "" : " (" + place + ")");
            out.printf("          %s%n", FindingCatalog.explain(finding.id()).remedy());
        }
    }

    private static String signed(double share) {
        return (share < 0 ? "" : "+") + Decimals.percent(share, 2);
    }

    private static String joules(@Nullable Double value) {
        return value == null ? "none" : Decimals.fixed(value, 0);
    }

    private static String megajoules(@Nullable Double value) {
        return value == null ? "none" : Decimals.significant(value / MEGA, 6) + " MJ";
    }
}
