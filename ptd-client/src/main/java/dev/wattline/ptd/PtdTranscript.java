package dev.wattline.ptd;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;

/**
 * Records a dialogue as {@code ptd_messages} of {@code server.json} holds it: each command that was answered, refusals
 * included, with the first line of its reply; of {@code RL} that is the header, for its rows are not part of it. Safe for
 * use by several threads; one object may listen to several connections in turn.
 */
public final class PtdTranscript implements PtdListener {
    @GuardedBy("this")
    private final List<Message> messages = new ArrayList<>();

    /** A command line and the first line of its reply. */
    public record Message(String command, String reply) {}

    @Override
    public synchronized void replied(PtdExchange exchange) {
        messages.add(new Message(exchange.command(), exchange.reply().line()));
    }

    /** What was recorded so far, in order. */
    public synchronized List<Message> messages() {
        return List.copyOf(messages);
    }
}
