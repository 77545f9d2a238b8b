package dev.wattline.cli.run;

import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.ptd.PtdClient;
import dev.wattline.ptd.PtdClosure;
import dev.wattline.ptd.PtdCommand;
import dev.wattline.ptd.PtdEndpoint;
import dev.wattline.ptd.PtdExchange;
import dev.wattline.ptd.PtdListener;
import dev.wattline.ptd.PtdReply;
import dev.wattline.ptd.Rejection;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines to a PTDaemon and its replies as text, for a person or a script. */
final class PtdDialogue {
    private static final String PROMPT = "ptd> ";

    private final PtdClient client;
    private final Optional<Duration> deadline;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * @param deadline for each whole reply; each command's own if absent
     */
    PtdDialogue(PtdClient client, Optional<Duration> deadline, PrintStream out, PrintStream err) {
        this.client = client;
        this.deadline = deadline;
        this.out = out;
        this.err = err;
    }

    /** Sends the commands in order, up to the first that is refused. */
    ExitCode send(List<PtdCommand.Raw> commands) throws IOException, InterruptedException {
        for (PtdCommand.Raw command : commands) {
            Optional<Rejection> rejection = exchange(command);
            if (rejection.isPresent()) {
                tellRefused(command.line(), rejection.get());
                return ExitCode.FAILURE;
            }
        }
        return ExitCode.OK;
    }

    private void tellRefused(String line, Rejection rejection) {
        err.println("PTDaemon refused '" + line + "'");
        err.println("  " + rejection.remedy());
    }

    /** Sends line by line up to the end of the input or {@code quit}; with a prompt, what is refused is no failure. */
    ExitCode converse(BufferedReader in, boolean prompts) throws IOException, InterruptedException {
        ExitCode code = ExitCode.OK;
        if (prompts) {
            out.println("Every line is sent to PTDaemon as it is; 'quit' or Ctrl-D ends.");
        }
        for (String line = next(in, prompts); line != null && !line.equals("quit"); line = next(in, prompts)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                Optional<Rejection> rejection = exchange(command(line));
                if (rejection.isPresent() && !prompts) {
                    tellRefused(line, rejection.get());
                    code = ExitCode.FAILURE;
                }
            } catch (UsageException e) {
                err.println(e.getMessage());
                code = prompts ? code : ExitCode.FAILURE;
            }
        }
        return code;
    }

    private @Nullable String next(BufferedReader in, boolean prompts) throws IOException {
        if (prompts) {
            out.print(PROMPT);
            out.flush();
        }
        String line = in.readLine();
        return line == null ? null : line.strip();
    }

    private Optional<Rejection> exchange(PtdCommand.Raw command) throws IOException, InterruptedException {
        PtdReply reply = deadline.isPresent() ? client.execute(command, deadline.get()) : client.execute(command);
        print(reply);
        return reply.rejection();
    }

    private void print(PtdReply reply) throws IOException {
        // A print stream flushes at every line, which shows with 100 000 rows.
        Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        text.write(reply.line() + System.lineSeparator());
        for (String row : reply.samples().rows()) {
            text.write(row);
            text.write(System.lineSeparator());
        }
        text.flush();
        if (out.checkError()) {
            throw new IOException("standard output cannot be written to");
        }
    }

    /** A line as a command; a {@link UsageException} if it cannot be sent. */
    static PtdCommand.Raw command(String line) {
        try {
            return new PtdCommand.Raw(line.strip());
        } catch (IllegalArgumentException e) {
            throw new UsageException("COMMAND: " + e.getMessage(), "Give one command line an argument.");
        }
    }

    /** Tells what comes outside the dialogue as soon as it comes, and with {@code --verbose} how long replies took. */
    static final class Trace implements PtdListener {
        private static final Logger LOG = LoggerFactory.getLogger(PtdDialogue.class);

        private final PrintStream err;

        Trace(PrintStream err) {
            this.err = err;
        }

        @Override
        public void replied(PtdExchange exchange) {
            LOG.debug(
                    "Answered. command={} rows={} took={} ms",
                    exchange.command(),
                    exchange.reply().samples().size(),
                    exchange.took().toNanos() / 1e6);
        }

        @Override
        public void unsolicited(PtdEndpoint endpoint, String line) {
            err.println("unasked from " + endpoint + ": " + line);
        }

        @Override
        public void closed(PtdEndpoint endpoint, PtdClosure closure) {
            if (closure.source() == PtdClosure.Source.PEER) {
                err.println(closure.description());
            }
        }
    }
}
