package dev.wattline.protocol;

import org.jspecify.annotations.Nullable;

/** The peer understood and said no. */
public class RequestRejectedException extends ProtocolException {
    private final String request;
    private final String reply;

    public RequestRejectedException(String message, @Nullable String remedy, String request, String reply) {
        super(message, remedy, null);
        this.request = request;
        this.reply = reply;
    }

    /** The line that was sent. */
    public String request() {
        return request;
    }

    /** The line that came back. */
    public String reply() {
        return reply;
    }
}
