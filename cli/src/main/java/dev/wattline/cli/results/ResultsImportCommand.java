package dev.wattline.cli.results;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.index.Indexing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline results import}: adds finished sessions to an index. */
@Command(
        name = "import",
        description = {
            "Add sessions to the index of the folder that they lie in, or what is known of them now.",
            "The sessions themselves are not touched."
        },
        footerHeading = "%nExample:%n",
        footer = {"  wattline results import -d results results/2026-11-22_04-48-34_rig"})
final class ResultsImportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Option(
            names = {"-d", "--folder"},
            paramLabel = "FOLDER",
            description = "The folder of the index (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("results");

    @Parameters(paramLabel = "SESSION", arity = "1..*", description = "Folders of sessions.")
    private List<Path> sessions = List.of();

    @Override
    public Integer call() {
        for (Path session : sessions) {
            if (!Files.isDirectory(session) || !SessionFinder.isSession(session)) {
                throw new UsageException(
                        session + " is no session", "Name a folder that holds power/client.json or power/server.json.");
            }
        }
        new Indexing(new IndexFile(folder), session -> {}).add(sessions);
        return ExitCode.OK.code();
    }
}
