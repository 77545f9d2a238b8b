package dev.wattline.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;

/** The exchanges of one connection in the order of their replies. Safe for use by several threads. */
public final class MessageLog {
    @GuardedBy("this")
    private final List<ExchangedMessage> messages = new ArrayList<>();

    /** Adds an exchange. */
    public synchronized void add(ExchangedMessage message) {
        messages.add(message);
    }

    /** All exchanges so far. */
    public synchronized List<ExchangedMessage> snapshot() {
        return List.copyOf(messages);
    }
}
