package dev.wattline.cli.lab;

import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.TextTable;
import dev.wattline.protocol.lab.LabMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
            "  wattline queue remove j-82 j-83",
            "  wattline queue remove --mine    all that you have put there and that wait"
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

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "JOB",
            description = "The jobs to remove; of 'move' the job and its new place, from 1.")
    private List<String> words = List.of();

    @Option(names = "--mine", description = "With remove: all jobs that wait and that you have put there.")
    private boolean mine;

    @Override
    public Integer call() {
        LabMessage request =
                LabMessage.request("queue").with("action", action.name().toLowerCase(java.util.Locale.ROOT));
        if (mine && action != Action.REMOVE) {
            throw new UsageException("queue: --mine goes with remove", "wattline queue remove --mine");
        }
        switch (action) {
            case REMOVE -> {
                if (mine == !words.isEmpty()) {
                    throw new UsageException("queue: name the jobs to remove, or give --mine", null);
                }
                LabMessage remove = LabMessage.request("remove");
                console.ask(mine ? remove.with("mine", true) : remove.with("jobs", words), QueueCommand::printRemoved);
            }
            case MOVE -> {
                if (words.size() != 2 || !words.get(1).matches("[1-9][0-9]{0,8}")) {
                    throw new UsageException("queue: move takes a job and its new place", "wattline queue move j-82 1");
                }
                int place = Integer.parseInt(words.get(1));
                console.ask(request.with("job", words.get(0)).with("place", place), QueueCommand::print);
            }
            default -> {
                if (!words.isEmpty()) {
                    throw new UsageException("queue: only move and remove take a job", null);
                }
                console.ask(request, QueueCommand::print);
            }
        }
        return ExitCode.OK.code();
    }

    private static void printRemoved(LabMessage answer) {
        answer.list("removed").forEach(job -> System.out.println(job + "  removed"));
        if (answer.list("removed").isEmpty()) {
            System.err.println("wattline: no job of yours waits");
        }
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
