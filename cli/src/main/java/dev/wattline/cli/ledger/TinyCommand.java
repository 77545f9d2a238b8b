package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.Progress;
import dev.wattline.compliance.Decimals;
import dev.wattline.ledger.out.json.TinyJson;
import dev.wattline.ledger.tiny.TinyFolder;
import dev.wattline.ledger.tiny.TinyStudy;
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

/** {@code wattline tiny}: the energy of an inference by the energy traces of a submission. */
@Command(
        name = "tiny",
        description = "The energy of an inference of MLPerf Tiny submissions, in microjoule, from their binary traces.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline tiny tiny_results_v1.0",
            "  wattline tiny --windows closed/ACME/results",
            "  wattline tiny --json closed > tiny.json",
            "",
            "Exit status: 0 each folder has a median, 1 one has none, 2 wrong usage."
        })
public final class TinyCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "DIR", description = "A folder that holds energy runs, at any depth.")
    private Path folder = Path.of("");

    @Option(names = "--windows", description = "Print a line for each window as well.")
    private boolean windows;

    @Option(names = "--json", description = "Print all of it as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<Path> paths = LedgerFolder.contents(
                folder,
                TinyStudy::below,
                "energy runs",
                "Expected trace1-energy.bin, trace1-timestamps.json and results.txt in a folder.");
        List<TinyFolder> folders = new ArrayList<>();
        try (Progress progress = new Progress("read", "folders", paths.size())) {
            for (Path path : paths) {
                folders.add(TinyStudy.of(path, LedgerFolder.shown(folder, path)));
                progress.step();
            }
        }
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (json) {
            TinyJson.write(folders, out);
        } else {
            out.printf("%14s  %14s  %s%n", "trace uJ", "log uJ", "folder");
            folders.forEach(each -> print(each, out));
        }
        out.flush();
        return folders.stream().allMatch(each -> each.medianUJ() != null)
                ? ExitCode.OK.code()
                : ExitCode.FAILURE.code();
    }

    private void print(TinyFolder each, PrintStream out) {
        out.printf("%14s  %14s  %s%n", number(each.medianUJ()), number(each.logMedianUJ()), each.folder());
        if (windows) {
            for (TinyFolder.Window window : each.windows()) {
                out.printf(
                        "%14s  %14s    window %d, %s s to %s s, %s inferences%n",
                        number(window.perInferenceUJ()),
                        number(window.logEnergyUJ() / window.inferences()),
                        window.number(),
                        Decimals.fixed(window.startS(), 3),
                        Decimals.fixed(window.endS(), 3),
                        Decimals.fixed(window.inferences(), 0));
            }
        }
        TrainingCommand.print(each.findings(), out);
    }

    private static String number(@Nullable Double value) {
        return value == null ? "none" : Decimals.fixed(value, 3);
    }
}
