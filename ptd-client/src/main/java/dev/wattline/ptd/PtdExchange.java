package dev.wattline.ptd;

import java.time.Duration;
import java.time.Instant;

/**
 * A command and its complete reply, whatever that says.
 *
 * @param endpoint the PTDaemon spoken to
 * @param command the command line without its end
 * @param reply what came back
 * @param sentAt wall time at which the command was written
 * @param took monotonic time from then to the last line of the reply
 */
public record PtdExchange(PtdEndpoint endpoint, String command, PtdReply reply, Instant sentAt, Duration took) {}
