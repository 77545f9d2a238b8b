package dev.wattline.cli.lab;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Shows what becomes of a job. */
final class JobWatch {
    private JobWatch() {}

    /**
     * Prints that a job is queued, and waits for its end if that is wanted.
     *
     * @param answer of the director to what put it there
     * @return the exit status
     */
    static int started(LabConsole console, LabConnection connection, LabMessage answer, boolean wait) {
        String job = answer.text("job");
        if (!wait) {
            console.print(answer, message -> {
                System.out.println(job + "  place " + message.whole("place", 1, Integer.MAX_VALUE) + " in the queue");
                remark(message);
            });
            return ExitCode.OK.code();
        }
        System.err.println(
                "wattline: job " + job + " is queued; Ctrl-C leaves it alone, 'wattline stop " + job + "' ends it");
        remark(answer);
        SignalHook onSignal = SignalHook.doing(() -> System.err.println("wattline: job " + job
                + " goes on without being watched; 'wattline queue' shows it, 'wattline stop " + job + "' ends it"));
        try {
            return end(console, last(console, connection, job));
        } finally {
            onSignal.remove();
        }
    }

    private static void remark(LabMessage answer) {
        answer.optionalText("remark").filter(text -> !text.isEmpty()).ifPresent(System.err::println);
    }

    private static LabMessage last(LabConsole console, LabConnection connection, String job) {
        LabMessage now = console.ask(connection, LabMessage.request("watch").with("job", job));
        String told = "";
        while (!now.text("state").equals("ended")) {
            String line = now.text("state")
                    + now.optionalText("step")
                            .filter(step -> !step.isEmpty())
                            .map(step -> ": " + step)
                            .orElse("");
            if (!line.equals(told)) {
                told = line;
                System.err.println(job + "  " + line);
            }
            Optional<LabMessage> next = connection.receive(Duration.ZERO);
            if (next.isPresent() && next.get().optionalText("job").equals(Optional.of(job))) {
                now = next.get();
            }
        }
        return now;
    }

    private static int end(LabConsole console, LabMessage last) {
        console.print(last, message -> {
            List<String> row = LabConsole.row(message);
            System.out.println(String.join("  ", row).stripTrailing());
        });
        if (!last.text("status").equals("complete")) {
            return ExitCode.FAILURE.code();
        }
        return last.flag("good") ? ExitCode.OK.code() : ExitCode.NOT_VALID.code();
    }
}
