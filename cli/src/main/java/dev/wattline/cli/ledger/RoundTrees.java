package dev.wattline.cli.ledger;

import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.SessionProgress;
import dev.wattline.ledger.read.tree.RoundTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The raw results that a command of the ledger is given: {@code --tree ROUND=DIR}. */
final class RoundTrees {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many sessions to read at a time (default: one for each processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    private record Given(String round, Path folder) {}

    /**
     * Looks at what was given, before anything is read.
     *
     * @throws UsageException if one is no round with a folder that is there
     */
    void check(List<String> texts) {
        if (threads < 1) {
            throw new UsageException("--threads needs at least 1, got " + threads, null);
        }
        texts.forEach(RoundTrees::given);
    }

    /**
     * Reads the trees.
     *
     * @param texts such as {@code v4.1=inference_results_v4.1}
     * @throws UsageException if one is no round with a folder that is there; nothing was read then
     */
    List<RoundTree> read(List<String> texts) throws IOException, InterruptedException {
        check(texts);
        List<Given> given = texts.stream().map(RoundTrees::given).toList();
        List<RoundTree> trees = new ArrayList<>();
        try (SessionProgress progress = new SessionProgress()) {
            for (Given tree : given) {
                trees.add(RoundTree.read(tree.round(), tree.folder(), threads, progress));
            }
        }
        return trees;
    }

    /** How many sessions to read at a time. */
    int threads() {
        return threads;
    }

    /** The folders that were given, in their order, each with its round. */
    Map<Path, String> folders(List<String> texts) {
        Map<Path, String> folders = new LinkedHashMap<>();
        texts.stream().map(RoundTrees::given).forEach(each -> folders.put(each.folder(), each.round()));
        return folders;
    }

    private static Given given(String text) {
        int equals = text.indexOf('=');
        String round = equals < 0 ? "" : text.substring(0, equals);
        if (!round.matches("v?\\d+\\.\\d+") || equals == text.length() - 1) {
            throw new UsageException("--tree " + text + ": expected a round and a folder", "Write --tree v4.1=FOLDER.");
        }
        Path folder = Path.of(text.substring(equals + 1));
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "--tree " + text + ": there is no folder " + folder, "Name the folder that holds closed.");
        }
        return new Given(round.startsWith("v") ? round : "v" + round, folder);
    }
}
