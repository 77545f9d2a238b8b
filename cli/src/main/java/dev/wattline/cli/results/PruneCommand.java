package dev.wattline.cli.results;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.ResultsFolder;
import dev.wattline.cli.options.UsageException;
import dev.wattline.director.journal.SessionPruning;
import dev.wattline.director.journal.SessionPruning.Pruned;
import dev.wattline.model.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline prune}: deletes old sessions, and only when told which. */
@Command(
        name = "prune",
        description = "Delete a director's old sessions: those that a client has fetched, unless told otherwise.",
        footer = {
            "",
            "Examples:",
            "  wattline prune --days 90 --dry-run      what would go from ./logs",
            "  wattline prune --days 90 /srv/power     what is 90 days old and delivered",
            "  wattline prune --gigabytes 10           the oldest, until 10 GB are left",
            "",
            "An open session is never deleted."
        })
public final class PruneCommand implements Callable<Integer> {
    private static final long GIGABYTE = 1_000_000_000L;
    private static final double MEGABYTE = 1e6;

    @Mixin
    final CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "FOLDER", arity = "0..1", description = "The director's resultsDir. Default: logs.")
    private Path folder = Path.of("logs");

    @Option(names = "--days", paramLabel = "N", description = "Delete what is this old.")
    private @Nullable Long days;

    @Option(names = "--gigabytes", paramLabel = "N", description = "Delete the oldest until no more than this is left.")
    private @Nullable Long gigabytes;

    @Option(names = "--undelivered", description = "Delete sessions too that no client has fetched.")
    private boolean undelivered;

    @Option(names = "--dry-run", description = "Only tell what would be deleted.")
    private boolean dryRun;

    @Override
    public Integer call() throws IOException {
        if (days == null && gigabytes == null) {
            throw new UsageException("neither --days nor --gigabytes is given", "Say what may be deleted.");
        }
        requireAtLeast0("--days", days);
        requireAtLeast0("--gigabytes", gigabytes);
        ResultsFolder.require(folder);
        SessionPruning pruning = new SessionPruning(
                days == null ? OptionalLong.empty() : OptionalLong.of(days),
                gigabytes == null ? OptionalLong.empty() : OptionalLong.of(gigabytes * GIGABYTE),
                undelivered);
        List<Pruned> pruned = pruning.prune(folder, TimeSource.system().now(), dryRun);
        for (Pruned one : pruned) {
            System.out.printf(
                    Locale.ROOT,
                    "%s %s (%.1f MB): %s%n",
                    dryRun ? "would delete" : "deleted",
                    one.id(),
                    one.bytes() / MEGABYTE,
                    one.reason());
        }
        if (pruned.isEmpty()) {
            System.out.println("nothing to delete in " + folder);
        } else {
            long bytes = pruned.stream().mapToLong(Pruned::bytes).sum();
            System.out.printf(
                    Locale.ROOT,
                    "%s %d %s, %.1f MB, from %s%n",
                    dryRun ? "would delete" : "deleted",
                    pruned.size(),
                    pruned.size() == 1 ? "session" : "sessions",
                    bytes / MEGABYTE,
                    folder);
        }
        return ExitCode.OK.code();
    }

    private static void requireAtLeast0(String option, @Nullable Long value) {
        if (value != null && value > Long.MAX_VALUE / GIGABYTE) {
            throw new UsageException(
                    option + ": expected at most " + Long.MAX_VALUE / GIGABYTE + ", got " + value, null);
        }
        if (value != null && value < 0) {
            throw new UsageException(option + ": expected at least 0, got " + value, null);
        }
    }
}
