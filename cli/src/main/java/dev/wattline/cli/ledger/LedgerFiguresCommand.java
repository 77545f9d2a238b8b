package dev.wattline.cli.ledger;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.options.Version;
import dev.wattline.cli.terminal.OutputException;
import dev.wattline.cli.terminal.OutputFolder;
import dev.wattline.ledger.figure.FigureSources;
import dev.wattline.ledger.figure.PaperFigure;
import dev.wattline.ledger.figure.PaperFigures;
import dev.wattline.ledger.out.FigureCsv;
import dev.wattline.ledger.out.json.FigureJson;
import dev.wattline.ledger.read.tree.RoundTree;
import dev.wattline.report.ledger.FiguresPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline ledger figures}: the figures of the MLPerf Power paper from published data. */
@Command(
        name = "figures",
        description = {
            "Draw the figures of the MLPerf Power paper from published tables: as the paper plots them, and strictly, by"
                    + " the definitions that it states, with what differs and why.",
            "Written are index.html and, for each figure, an SVG, a CSV and a JSON with the plotted numbers."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline ledger figures MLPerf-Power-HPCA-2025/code --out figures",
            "  wattline ledger figures paper.ledger --only 5a,8 --numbers strict --out figures",
            "  wattline ledger figures code --only 10 --out figures --json",
            "  wattline ledger figures code --tree v4.1=inference_results_v4.1 --tree v4.0=training_results_v4.0 --out F",
            "",
            "Figure 6 is computed from Training's logs where a --tree holds them, 5a, 5b and 5c from the raw logs alone as",
            "well. Exit status: 0 all figures were written, 1 the input does not hold one of them, 2 wrong usage."
        })
final class LedgerFiguresCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private RoundTrees roundTrees = new RoundTrees();

    @Parameters(paramLabel = "LEDGER|DATA_DIR", description = "A ledger, or a folder with the paper's tables.")
    private Path input = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder to write to.")
    private Path out = Path.of("");

    enum Numbers {
        PUBLISHED,
        STRICT,
        BOTH
    }

    @Option(
            names = "--numbers",
            paramLabel = "published|strict|both",
            description = "Which numbers to draw (default: both).")
    private Numbers numbers = Numbers.BOTH;

    @Option(names = "--only", split = ",", paramLabel = "ID", description = "Only these figures, such as 5a,8.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--tree",
            paramLabel = "ROUND=DIR",
            description = "The raw results of a round, the folder that holds closed; also several for one round.")
    private List<String> trees = new ArrayList<>();

    @Option(
            names = "--training",
            paramLabel = "DIR",
            description = "The raw results of Training v4.0, for figure 6; the same as --tree v4.0=DIR.")
    private @Nullable Path training;

    @Option(
            names = "--performance",
            paramLabel = "FILE",
            description = "The table of figure 1, data_performance.csv, where the input does not hold it.")
    private @Nullable Path performance;

    @Option(names = "--json", description = "Print what was drawn, with the files of each figure, as JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (String id : only) {
            if (!PaperFigures.ids().contains(id)) {
                throw new UsageException(
                        "--only " + id + ": there is no such figure",
                        "There are " + String.join(", ", PaperFigures.ids()) + ".");
            }
        }
        if (!Files.exists(input)) {
            throw new UsageException("there is no " + input, "Name a ledger or a folder with the paper's tables.");
        }
        OutputFolder.check(out);
        FigureSources sources = FigureSources.read(input);
        if (performance != null) {
            sources.performance(performance);
        }
        List<String> given = new ArrayList<>(trees);
        if (training != null) {
            given.add("v4.0=" + training);
        }
        List<String> notices = new ArrayList<>(sources.notes());
        for (RoundTree tree : roundTrees.read(given)) {
            sources.add(tree);
            notices.addAll(tree.problems());
        }
        List<PaperFigure> figures = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (String id : only.isEmpty() ? PaperFigures.ids() : only) {
            PaperFigure figure = chosen(PaperFigures.compute(id, sources));
            if (FiguresPage.drawable(figure)) {
                figures.add(figure);
            } else {
                missing.add(id);
            }
        }
        missing.forEach(id -> notices.add("Figure " + id + " is not drawn: the input does not hold its data."));
        Map<String, List<String>> files = write(figures, sources, notices);
        if (json) {
            PrintStream console = new PrintStream(System.out, false, StandardCharsets.UTF_8);
            FigureJson.summary(out.toString(), figures, files, missing, notices, console);
            console.flush();
        } else {
            for (PaperFigure figure : figures) {
                System.out.println("figure " + figure.id() + ": " + figure.title() + ", "
                        + figure.differences().size() + " values differ");
            }
            System.out.println("Written: " + out.resolve("index.html"));
        }
        notices.forEach(notice -> System.err.println(notice));
        return missing.isEmpty() ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }

    private PaperFigure chosen(PaperFigure figure) {
        return new PaperFigure(
                figure.id(),
                figure.title(),
                figure.definition(),
                numbers == Numbers.STRICT ? null : figure.published(),
                numbers == Numbers.PUBLISHED ? null : figure.strict(),
                figure.logs(),
                numbers == Numbers.BOTH ? figure.differences() : List.of());
    }

    /** Writes all files, whose texts are made before the first is written; gives the names of each figure's. */
    private Map<String, List<String>> write(List<PaperFigure> figures, FigureSources sources, List<String> notices)
            throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, List<String>> ofFigure = new LinkedHashMap<>();
        for (PaperFigure figure : figures) {
            String name = "figure" + figure.id();
            files.put(name + ".svg", FiguresPage.svg(figure).getBytes(StandardCharsets.UTF_8));
            StringWriter csv = new StringWriter();
            FigureCsv.write(figure, csv);
            files.put(name + ".csv", csv.toString().getBytes(StandardCharsets.UTF_8));
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            FigureJson.write(figure, sources.digests(), json);
            files.put(name + ".json", json.toByteArray());
            ofFigure.put(figure.id(), List.of(name + ".svg", name + ".csv", name + ".json"));
        }
        files.put(
                "index.html",
                FiguresPage.html(
                                figures,
                                ofFigure,
                                List.copyOf(sources.digests().keySet()),
                                notices,
                                "Written by Wattline " + Version.version() + ", commit " + Version.commit() + ".")
                        .getBytes(StandardCharsets.UTF_8));
        try {
            Files.createDirectories(out);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(out.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw OutputException.of(out, e);
        }
        return ofFigure;
    }
}
