package dev.wattline.protocol.server;

import dev.wattline.protocol.ControlRequest;
import java.time.Instant;

/**
 * A request as it arrived.
 *
 * @param line the line itself, which is what the summary records
 */
public record ReceivedRequest(ControlRequest request, String line, Instant receivedAt) {}
