package dev.wattline.cli.terminal;

import dev.wattline.ledger.read.tree.RoundTree;
import org.jspecify.annotations.Nullable;

/** Shows the progress of reading trees of results. */
public final class SessionProgress implements RoundTree.Watcher, AutoCloseable {
    private @Nullable Progress progress;

    @Override
    public void begin(int sessions) {
        close();
        progress = new Progress("read", "sessions", sessions);
    }

    @Override
    public void step() {
        if (progress != null) {
            progress.step();
        }
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }
}
