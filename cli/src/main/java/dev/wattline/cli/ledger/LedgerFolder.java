package dev.wattline.cli.ledger;

import dev.wattline.cli.options.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of published results that a command of the ledger was given. */
public final class LedgerFolder {

    /** Lists what a command reads below a folder. */
    interface Finder {
        List<Path> below(Path folder) throws IOException;
    }

    private LedgerFolder() {}

    /**
     * What lies below the folder.
     *
     * @param expected what to look for, in a sentence
     * @throws UsageException if the folder is not there
     */
    static List<Path> contents(Path folder, Finder finder, String what, String expected) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("there is no folder " + folder, "Name a folder of published results.");
        }
        List<Path> below = finder.below(folder);
        if (below.isEmpty()) {
            throw new UsageException("there are no " + what + " below " + folder, expected);
        }
        return below;
    }

    /** A path relative to the folder with {@code /} between names; {@code .} for the folder itself. */
    public static String shown(Path folder, Path path) {
        String relative =
                folder.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
        return relative.isEmpty() ? "." : relative;
    }
}
