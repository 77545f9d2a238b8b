package dev.wattline.protocol;

/**
 * A request and its reply as both sides' summaries record them, from the handshake on. Downloads are not recorded unless
 * they were refused by a line, and what is said after {@code done} never reaches a summary, because that is when the
 * summaries are written. Times are wall time in seconds since the epoch on the recording side's clock.
 */
public record ExchangedMessage(String cmd, double cmdTime, String reply, double replyTime) {}
