package dev.wattline.sut.session;

import dev.wattline.files.SessionFolder;
import dev.wattline.model.Phase;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlReply.Opened;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.RequestRejectedException;
import dev.wattline.protocol.client.ControlConnection;
import dev.wattline.sut.director.DirectorLink;
import dev.wattline.sut.download.SessionDownload;
import dev.wattline.sut.output.RunContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run does after it has failed: stop the measurement, write this side's files, close the session so that the
 * director keeps and closes its part, and fetch what there is. Each step is tried whatever became of the one before.
 */
final class FailedRunClosing {
    private final RunContext context;
    private final PhaseRunner phases;
    private final Runnable writeSummary;

    FailedRunClosing(RunContext context, PhaseRunner phases, Runnable writeSummary) {
        this.context = context;
        this.phases = phases;
        this.writeSummary = writeSummary;
    }

    void save(
            @Nullable DirectorLink link,
            @Nullable Opened session,
            @Nullable SessionFolder folder,
            boolean done,
            boolean hurried,
            WattlineException cause) {
        if (hurried || cause instanceof ControlTimeoutException) { // saving may take as long once more: say it now
            context.console().line(String.valueOf(cause.getMessage()));
        }
        if (link == null || session == null) {
            return;
        }
        ControlConnection connection = link.connection();
        String id = session.id().value();
        boolean connected = !(cause instanceof ControlConnectionException)
                && !(cause.getCause() instanceof ControlConnectionException);
        if (connected && !hurried) {
            String why = String.valueOf(cause.getMessage());
            connected = attempt("tell the director", () -> link.note(ControlRequest.Note.FAILED, why));
        }
        Optional<Phase> open = phases.open();
        if (connected && !hurried && open.isPresent()) {
            connected = attempt("stop the measurement", () -> connection.stop(id, open.get()));
        }
        if (folder != null) {
            attempt("write client.json", writeSummary);
        }
        List<String> missing = new ArrayList<>(SessionDownload.files(List.of(Phase.values())));
        if (connected && folder != null) {
            boolean closed =
                    done || attempt("close the session", () -> connection.require(new ControlRequest.Done(id)));
            if (closed) {
                missing = new SessionDownload(connection, context.log()).whatThereIs(id, missing, folder);
                if (!missing.contains("power/server.json")) { // what a failed session never had is not missing
                    missing = SessionDownload.recorded(folder, missing);
                }
            }
        }
        tell(id, folder, missing, link.isExtended());
    }

    /** Does a step, and tells whether the director can be asked for the next one: it may have refused this one alone. */
    private boolean attempt(String what, Runnable step) {
        try {
            step.run();
            return true;
        } catch (RequestRejectedException e) {
            context.console().line("could not " + what + ": " + e.getMessage());
            return true;
        } catch (WattlineException e) {
            context.console().line("could not " + what + ": " + e.getMessage());
            return false;
        }
    }

    private void tell(String id, @Nullable SessionFolder folder, List<String> missing, boolean directorKeepsSessions) {
        if (folder != null) {
            context.console().line("what there is of session " + id + " lies in " + folder.root());
        }
        if (!missing.isEmpty()) {
            context.console()
                    .line("not fetched: " + String.join(", ", missing)
                            + (directorKeepsSessions
                                    ? "; if the director has it, 'wattline fetch --session " + id + "' gets it"
                                    : "; what the director has of it is in its own folder of the session"));
        }
    }
}
