package dev.wattline.cli.results;

import dev.wattline.cli.ledger.LedgerFolder;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.Progress;
import dev.wattline.records.index.IndexFile;
import dev.wattline.records.index.Indexing;
import dev.wattline.records.index.Tags;
import dev.wattline.records.query.ResultQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline index}: the file that {@code results} reads. */
@Command(
        name = "index",
        description = {
            "Make the index of a folder of sessions anew, hold it against the folder, or tag a session.",
            "The index is derived from the sessions' files; only tags are not, and are kept."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  wattline index rebuild results",
            "  wattline index verify results",
            "  wattline index tag -d results 2026-11-22_04-48-34_rig baseline"
        })
public final class IndexCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        throw new UsageException("nothing to do", "Say rebuild, verify or tag; 'wattline index --help' has examples.");
    }

    @Command(name = "rebuild", description = "Derive the index anew from the sessions below the folder.")
    int rebuild(
            @Mixin CommonOptions given,
            @Parameters(paramLabel = "FOLDER", description = "The folder of sessions.") Path folder)
            throws IOException {
        requireFolder(folder);
        int all;
        try (Progress progress =
                new Progress("read", "sessions", Indexing.sessions(folder).size())) {
            all = new Indexing(new IndexFile(folder), session -> progress.step()).rebuild();
        }
        System.out.println(all + (all == 1 ? " session" : " sessions") + " in " + new IndexFile(folder).file());
        return ExitCode.OK.code();
    }

    @Command(name = "verify", description = "Tell sessions that the index lacks, and lines without a session.")
    int verify(
            @Mixin CommonOptions given,
            @Parameters(paramLabel = "FOLDER", description = "The folder of sessions.") Path folder)
            throws IOException {
        requireFolder(folder);
        Set<String> there = new TreeSet<>();
        Indexing.sessions(folder).forEach(path -> there.add(LedgerFolder.shown(folder, path)));
        Set<String> lines = new TreeSet<>();
        new ResultQuery(new IndexFile(folder).file(), List.of()).each(List.of("folder"), row -> {
            if (row[0] != null) {
                lines.add(row[0].isEmpty() ? "." : row[0]);
            }
        });
        there.stream()
                .filter(name -> !lines.contains(name))
                .forEach(name -> System.out.println("not in the index: " + name));
        lines.stream()
                .filter(name -> !there.contains(name))
                .forEach(name -> System.out.println("no such session: " + name));
        boolean same = there.equals(lines);
        System.out.println(
                same
                        ? there.size() + " sessions, all in the index"
                        : "'wattline index rebuild " + folder + "' corrects it");
        return same ? ExitCode.OK.code() : ExitCode.FAILURE.code();
    }

    @Command(name = "tag", description = "Give a session a tag, or take it away with --remove.")
    int tag(
            @Mixin CommonOptions given,
            @Option(
                            names = {"-d", "--folder"},
                            paramLabel = "FOLDER",
                            defaultValue = "results",
                            description = "The folder of the index (default: results).")
                    Path folder,
            @Option(names = "--remove", description = "Take the tag away.") boolean remove,
            @Parameters(index = "0", paramLabel = "SESSION", description = "The session's name.") String session,
            @Parameters(index = "1", paramLabel = "TAG", description = "Small letters, digits, '.', '_' and '-'.")
                    String tag) {
        requireFolder(folder);
        IndexFile index = new IndexFile(folder);
        Path[] found = {null};
        new ResultQuery(index.file(), List.of()).each(List.of("session", "folder"), row -> {
            if (session.equals(row[0]) && row[1] != null) {
                found[0] = folder.resolve(row[1]);
            }
        });
        if (found[0] == null) {
            throw new UsageException(
                    "there is no session '" + session + "' in the index of " + folder,
                    "'wattline results -d " + folder + "' lists them.");
        }
        try {
            Tags.set(index, session, tag, !remove);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), null);
        }
        new Indexing(index, path -> {}).add(List.of(found[0]));
        return ExitCode.OK.code();
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("there is no folder " + folder, "Name a folder of sessions.");
        }
    }
}
