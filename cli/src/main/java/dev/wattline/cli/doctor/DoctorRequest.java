package dev.wattline.cli.doctor;

import dev.wattline.protocol.HostPort;
import dev.wattline.sut.director.DirectorTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run will need, as far as it is told; what is not told is not looked at.
 *
 * @param configuration the director's, on the director's machine
 * @param director whom the runner will connect to, and how
 * @param ntp the runner's NTP server
 * @param workload the runner's workload, a command line for a shell
 * @param loadgenLogs where that writes its logs
 * @param output where the runner puts the session
 * @param expected how long the workload takes, once
 * @param limit for all checks together
 */
public record DoctorRequest(
        Optional<Path> configuration,
        Optional<DirectorTarget> director,
        Optional<HostPort> ntp,
        Optional<String> workload,
        Optional<Path> loadgenLogs,
        Optional<Path> output,
        Duration expected,
        Duration limit) {

    /** Whether this machine is to be measured: it is said so, or nothing is said of what it is. */
    boolean isMeasuredMachine() {
        return configuration.isEmpty()
                || director.isPresent()
                || workload.isPresent()
                || loadgenLogs.isPresent()
                || output.isPresent();
    }
}
