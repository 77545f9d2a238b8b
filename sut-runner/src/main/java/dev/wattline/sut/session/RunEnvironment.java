package dev.wattline.sut.session;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.time.ClockSetter;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.protocol.time.NtpdateClockSetter;
import dev.wattline.sut.clock.NtpProbe;
import dev.wattline.sut.output.RunConsole;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a run takes from the machine it is on; a test replaces it.
 *
 * @param zone of the times in client.log
 * @param clockSetter sets this machine's clock, where a run is told to
 * @param uuids gives the client's uuid of each session
 * @param stdout where the workload's standard output goes
 * @param stderr where its standard error goes
 */
public record RunEnvironment(
        TimeSource time,
        ZoneId zone,
        NtpProbe ntp,
        ClockSetter clockSetter,
        Supplier<UUID> uuids,
        RunConsole console,
        PrintStream stdout,
        PrintStream stderr) {

    /** This machine. */
    public static RunEnvironment ofThisMachine(RunConsole console) {
        TimeSource time = TimeSource.system();
        NtpClient ntp = NtpClient.withDefaults(time);
        return new RunEnvironment(
                time,
                ZoneId.systemDefault(),
                ntp::measure,
                new NtpdateClockSetter(),
                UUID::randomUUID,
                console,
                System.out,
                System.err);
    }
}
