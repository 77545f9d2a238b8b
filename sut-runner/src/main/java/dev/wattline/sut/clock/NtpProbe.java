package dev.wattline.sut.clock;

import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpMeasurement;

/** Measures this machine's clock against a time server. */
public interface NtpProbe {
    /**
     * Asks the server, as often as it takes for a good answer.
     *
     * @throws dev.wattline.protocol.time.NtpException if it does not answer or its answer is no time
     */
    NtpMeasurement measure(HostPort server);
}
