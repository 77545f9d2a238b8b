package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.TextTable;
import dev.wattline.protocol.lab.LabMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wattline queue}: the jobs of a lab. */
@Command(
        name = "queue",
        description =
                "Show the director's queue: the job that is being done, those that wait and for what, and the last"
                        + " ones; or change it.",
        footer = {
            "",
            "Examples:",
            "  wattline queue",
            "  wattline queue pause            nothing is begun until 'queue resume'",
            "  wattline queue move j-82 1      next",
            "  wattline queue remove j-82"
        })
public final class QueueCommand implements Callable<Integer> {
    enum Action {
        SHOW,
        PAUSE,
        RESUME,
        MOVE,
        REMOVE
    }

    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Mixin
    private LabConsole console = new LabConsole();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "show, pause, resume, move or remove (default: show).")
    private Action action = Action.SHOW;

    @Parameters(index = "1", arity = "0..1", paramLabel = "JOB", description = "The job to move or remove.")
    private @Nullable String job;

    @Parameters(index = "2", arity = "0..1", paramLabel = "PLACE", description = "Its new place, from 1.")
    private @Nullable Integer place;

    @Override
    public Integer call() {
        if ((action == Action.MOVE || action == Action.REMOVE) != (job != null)) {
            throw new UsageException(
                    job == null ? "queue: name the job" : "queue: only move and remove take a job", null);
        }
        if ((action == Action.MOVE) != (place != null)) {
            throw new UsageException("queue: move takes a job and its new place", "wattline queue move j-82 1");
        }
        if (action == Action.REMOVE && job != null) {
            console.ask(
                    LabMessage.request("remove").with("job", job),
                    answer -> System.out.println(answer.text("job") + "  removed"));
            return ExitCode.OK.code();
        }
        LabMessage request =
                LabMessage.request("queue").with("action", action.name().toLowerCase(java.util.Locale.ROOT));
        request = job == null ? request : request.with("job", job);
        console.ask(place == null ? request : request.with("place", place), QueueCommand::print);
        return ExitCode.OK.code();
    }

    private static void print(LabMessage answer) {
        if (!answer.text("paused").isEmpty()) {
            System.out.println("paused: " + answer.text("paused"));
        }
        if (!answer.text("reserved-by").isEmpty()) {
            System.out.println(ReserveCommand.line(answer));
        }
        List<List<String>> rows = new ArrayList<>();
        answer.objects("jobs").forEach(job -> rows.add(LabConsole.row(job)));
        if (rows.isEmpty()) {
            System.out.println("no jobs");
        }
        TextTable.print(rows, rows.isEmpty() ? 0 : rows.get(0).size(), System.out::println);
        if (answer.has("more")) {
            System.out.println("and " + answer.whole("more", 0, Integer.MAX_VALUE) + " more that wait");
        }
    }
}
