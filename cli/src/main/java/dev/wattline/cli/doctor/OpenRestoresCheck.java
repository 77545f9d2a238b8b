package dev.wattline.cli.doctor;

import dev.wattline.director.restore.OpenRestore;
import dev.wattline.director.restore.OpenRestoreStore;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Whether every analyzer has the ranges again that it had before its sessions. */
final class OpenRestoresCheck implements DoctorCheck {
    private final OpenRestoreStore store;
    private final Once<Presence> presence;

    /** @param presence of a director, which restores them by itself */
    OpenRestoresCheck(Path results, Once<Presence> presence) {
        this.store = new OpenRestoreStore(results);
        this.presence = presence;
    }

    @Override
    public String name() {
        return "analyzers' ranges";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        List<OpenRestore> open = store.all();
        if (open.isEmpty()) {
            return CheckOutcome.pass("no session has left ranges to be restored");
        }
        boolean director = presence.get().isDirector();
        boolean failed = open.stream().anyMatch(one -> !one.cause().isEmpty());
        String what = open.stream().map(OpenRestoresCheck::describe).collect(Collectors.joining("; "));
        if (director && !failed) {
            return CheckOutcome.pass("in use: " + what);
        }
        String files = open.stream().map(store::file).map(Path::toString).collect(Collectors.joining(", "));
        return CheckOutcome.warn(
                what,
                (director
                                ? "The director restores them as soon as the analyzer answers: look at its cable and power."
                                : "Start the director: it restores them first.")
                        + " If the analyzer's present ranges are right, end the director and delete " + files + ".");
    }

    private static String describe(OpenRestore open) {
        String why = open.cause().isEmpty() ? "" : ": the last attempt failed: " + open.cause();
        return open.describe() + ", are to be restored" + why;
    }
}
