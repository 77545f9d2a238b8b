package dev.wattline.cli.results;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.compliance.run.SessionFinder;
import dev.wattline.records.index.SessionDifference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wattline results diff}: what differs between two sessions. */
@Command(
        name = "diff",
        description = {
            "Show what differs between two sessions: machine, settings, parameters, versions, analyzers, results.",
            "Times, sizes and names, which always differ, are left out."
        },
        footerHeading = "%nExample:%n",
        footer = {"  wattline results diff results/2026-11-22_04-48-34_rig results/2026-11-23_05-10-02_rig"})
final class ResultsDiffCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "2", description = "The folders of two sessions.")
    private List<Path> sessions = List.of();

    @Override
    public Integer call() {
        for (Path session : sessions) {
            if (!Files.isDirectory(session) || !SessionFinder.isSession(session)) {
                throw new UsageException(
                        session + " is no session", "Name a folder that holds power/client.json or power/server.json.");
            }
        }
        List<SessionDifference> all = SessionDifference.between(sessions.get(0), sessions.get(1));
        int width = all.stream().mapToInt(one -> one.key().length()).max().orElse(0);
        for (SessionDifference one : all) {
            System.out.println(
                    one.key() + " ".repeat(width - one.key().length()) + "  " + one.first() + "  ->  " + one.second());
        }
        if (all.isEmpty()) {
            System.out.println("nothing differs but times, sizes and names");
        }
        return ExitCode.OK.code();
    }
}
