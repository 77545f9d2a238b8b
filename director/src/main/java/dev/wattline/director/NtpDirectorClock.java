package dev.wattline.director;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.Replies;
import dev.wattline.protocol.time.ClockCheck;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.protocol.time.NtpMeasurement;
import dev.wattline.protocol.time.NtpdateClockSetter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clock of this machine against the configured NTP server. */
public final class NtpDirectorClock implements DirectorClock {
    private static final Logger LOG = LoggerFactory.getLogger(NtpDirectorClock.class);

    private final HostPort server;
    private final boolean maySet;
    private final NtpClient client;

    public NtpDirectorClock(DirectorConfig config, TimeSource time) {
        this.server = config.ntpServer();
        this.maySet = config.settings().setClock();
        this.client = NtpClient.withDefaults(time);
    }

    @Override
    public void check() {
        NtpMeasurement measured = client.measure(server);
        LOG.info("this machine's clock is {}", measured.describe());
        ClockCheck.requireSet(measured);
        if (!measured.isInSync() && maySet) {
            LOG.warn("setting this machine's clock by {}, as setClock allows", server);
            new NtpdateClockSetter().set(server);
            measured = client.measure(server);
        }
        ClockCheck.requireInSync(measured);
    }

    @Override
    public ControlReply set() {
        if (!maySet) {
            LOG.warn("a client asked this director to set its clock: refused, since setClock is not configured");
            return ControlReply.error("this director does not set its clock: setClock in its configuration lets it");
        }
        try {
            new NtpdateClockSetter().set(server);
            LOG.info("clock set by {} because a client asked for it", server);
            return Replies.OK;
        } catch (WattlineException e) {
            LOG.error("could not set the clock: {}", e.getMessage());
            return ControlReply.error("could not set the clock: " + e.getMessage());
        }
    }
}
