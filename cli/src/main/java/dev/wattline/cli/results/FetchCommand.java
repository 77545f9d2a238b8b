package dev.wattline.cli.results;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.DirectorOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.model.SessionId;
import dev.wattline.sut.download.Fetch;
import dev.wattline.sut.output.RunConsole;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wattline fetch}: gets the director's files of an earlier session. */
@Command(
        name = "fetch",
        description = {
            "Get the director's files of an earlier session: the rest of one whose download broke, or what there is of"
                    + " one that failed.",
            "Every file is checked against the hash that the director recorded. Exit status: 0 all files are here; 1 not."
        },
        footerHeading = "%nExample:%n",
        footer = "  wattline fetch --session 2026-11-22_04-48-34_rig -a director.lab -o out")
public final class FetchCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Option(names = "--session", required = true, paramLabel = "ID", description = "The session's name.")
    private String session = "";

    @Mixin
    private DirectorOptions director = new DirectorOptions();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUTDIR",
            description = "The folder that holds, or gets, the session's folder.")
    private Path output = Path.of("");

    @Option(
            names = {"-T", "--no-timestamp-path"},
            description = "OUTDIR is the session's folder itself.")
    private boolean noTimestampPath;

    @Override
    public Integer call() {
        if (!SessionId.isSessionId(session)) {
            throw new UsageException(
                    "no session's name: '" + session + "'",
                    "It looks like 2026-11-22_04-48-34 or 2026-11-22_04-48-34_rig.");
        }
        Path root = noTimestampPath ? output : output.resolve(session);
        RunConsole console = RunConsole.ofPlainLines(System.err, common.verbose());
        Fetch.Result result = new Fetch(director.target(), new SessionId(session), root, console).run();
        System.out.println(result.folder() + ": " + result.fetched().size() + " fetched, "
                + result.present().size() + " there already");
        if (!result.missing().isEmpty()) {
            System.err.println("the director does not have: " + String.join(", ", result.missing()));
            return ExitCode.FAILURE.code();
        }
        return ExitCode.OK.code();
    }
}
