package dev.wattline.cli.lab;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.cli.terminal.StatusLine;
import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlConnectionException;
import dev.wattline.protocol.ControlTimeoutException;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.lab.LabMessage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Shows what becomes of a job, also where the director is started anew meanwhile. */
final class JobWatch {
    /** How long a director may be away: as long as its machine takes to start. */
    private static final Duration RETURN = Duration.ofMinutes(15);

    private static final long RETRY_SECONDS = 2;
    private static final Duration PLAIN_STATUS = Duration.ofMinutes(1);

    private final LabConsole console;
    private final String job;
    private final TimeSource time = TimeSource.system();
    private String told = "";

    private JobWatch(LabConsole console, String job) {
        this.console = console;
        this.job = job;
    }

    /** Puts a job into the queue, prints that it is there, and waits for its end if that is wanted; the exit status. */
    static int started(LabConsole console, LabMessage request, boolean wait) {
        LabConnection connection = console.open();
        LabMessage answer;
        try {
            answer = console.ask(connection, request);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
        String job = answer.text("job");
        if (wait) {
            return new JobWatch(console, job).wait(connection, answer);
        }
        connection.close();
        console.print(answer, message -> {
            System.out.println(job + "  place " + message.whole("place", 1, Integer.MAX_VALUE) + " in the queue");
            remark(message);
        });
        return ExitCode.OK.code();
    }

    private static void remark(LabMessage answer) {
        answer.optionalText("remark").filter(text -> !text.isEmpty()).ifPresent(System.err::println);
    }

    private int wait(LabConnection first, LabMessage answer) {
        System.err.println(
                "wattline: job " + job + " is queued; Ctrl-C leaves it alone, 'wattline stop " + job + "' ends it");
        remark(answer);
        SignalHook onSignal = SignalHook.doing(() -> System.err.println("wattline: job " + job
                + " goes on without being watched; 'wattline queue' shows it, 'wattline stop " + job + "' ends it"));
        try (StatusLine status = StatusLine.onStderr(PLAIN_STATUS, time)) {
            return end(last(first, status));
        } finally {
            onSignal.remove();
        }
    }

    private LabMessage last(LabConnection first, StatusLine status) {
        LabConnection connection = first;
        while (true) {
            try (LabConnection now = connection) {
                return follow(now, status);
            } catch (ControlConnectionException | ControlTimeoutException e) {
                status.clear();
                System.err.println("wattline: " + e.getMessage() + "; job " + job + " stays with its director, which is"
                        + " tried again for " + RETURN.toMinutes() + " min");
            }
            connection = again();
            System.err.println("wattline: connected again");
        }
    }

    /** A connection to the director that was lost. */
    private LabConnection again() {
        long since = time.nanoTime();
        while (true) {
            try {
                return console.open();
            } catch (ControlConnectionException | ControlTimeoutException e) { // it is not up yet
                if (time.nanoTime() - since > RETURN.toNanos()) {
                    throw new ControlConnectionException(
                            "the director has not come back within " + RETURN.toMinutes() + " min: " + e.getMessage(),
                            "When it is back, 'wattline queue' shows job " + job + " and 'wattline logs " + job
                                    + "' how it ended.",
                            e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(RETRY_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the director", e);
        }
    }

    private LabMessage follow(LabConnection connection, StatusLine status) {
        LabMessage now = console.ask(connection, LabMessage.request("watch").with("job", job));
        while (!now.text("state").equals("ended")) {
            tell(now, status);
            Optional<LabMessage> next = connection.receive(Duration.ZERO);
            if (next.isPresent() && next.get().optionalText("job").equals(Optional.of(job))) {
                now = next.get();
            }
        }
        return now;
    }

    private void tell(LabMessage now, StatusLine status) {
        String line = job + "  " + now.text("state")
                + now.optionalText("step")
                        .filter(step -> !step.isEmpty())
                        .map(step -> ": " + step)
                        .orElse("");
        if (!line.equals(told)) {
            told = line;
            status.clear();
            System.err.println(line);
        }
        if (now.has("watts")) {
            status.show(String.format(Locale.ROOT, "%s  %.1f W", line, now.number("watts")));
        }
    }

    private int end(LabMessage last) {
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
