package dev.wattline.director.config;

import dev.wattline.model.DeviceType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One analyzer and the PTDaemon that serves it.
 *
 * @param number from 1, as in {@code [analyzer1]}
 * @param deviceType PTDaemon's number for the model
 * @param interfaceFlag such as {@code -y}, handed on verbatim; empty for none
 * @param devicePort such as {@code /dev/usbtmc0}, handed on verbatim
 * @param networkPort TCP port on which PTDaemon listens
 * @param channels what follows {@code -c}; null if the key is absent
 * @param gpibBoard what follows {@code -b}; null if the key is absent
 * @param dcFlag such as {@code -D}, handed on verbatim; null if the key is absent
 */
public record AnalyzerConfig(
        int number,
        int deviceType,
        String interfaceFlag,
        String devicePort,
        int networkPort,
        @Nullable List<Integer> channels,
        @Nullable Integer gpibBoard,
        @Nullable String dcFlag) {
    /** Types whose {@code -c} list is one number, the count of channels from 1. */
    static final int WT500_MULTICHANNEL = 48;
    /** Types that cannot do without {@code -c}. */
    static final List<Integer> MULTICHANNEL = List.of(WT500_MULTICHANNEL, 59, 61, 77);

    public AnalyzerConfig {
        channels = channels == null ? null : List.copyOf(channels);
    }

    /** PTDaemon's command line, in the order of the reference: options, type, port. */
    public List<String> command(String ptd, Path logFile) {
        List<String> command = new ArrayList<>(List.of(ptd, "-l", logFile.toString(), "-p", networkPort + ""));
        if (gpibBoard != null) {
            command.addAll(List.of("-b", gpibBoard.toString()));
        }
        if (channels != null) {
            command.addAll(List.of("-c", channels.stream().map(String::valueOf).collect(Collectors.joining(","))));
        }
        if (dcFlag != null && !dcFlag.isEmpty()) {
            command.add(dcFlag);
        }
        if (!interfaceFlag.isEmpty()) {
            command.add(interfaceFlag);
        }
        command.add(Integer.toString(deviceType));
        command.add(devicePort);
        return List.copyOf(command);
    }

    /**
     * Numbers of the channels whose volts and amps count for the ranges, beside the sum, ascending; empty for
     * single-channel analyzers. A list of one number is a count for type 48 and else one physical channel, whose rows
     * have no channel columns; a list of two is the first channel and the count.
     */
    public List<Integer> rangedChannels() {
        if (channels == null) {
            return List.of();
        }
        int first = 1;
        int count = 0;
        if (deviceType == WT500_MULTICHANNEL) {
            count = channels.get(0);
        } else if (channels.size() == 2) {
            first = channels.get(0);
            count = channels.get(1);
        }
        List<Integer> ranged = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (first + i > 0) { // rows have no channel below 1, whatever PTDaemon makes of such a number
                ranged.add(first + i);
            }
        }
        return ranged;
    }

    /** What Wattline knows of the model; empty for a type it has never heard of. */
    public java.util.Optional<DeviceType> catalogued() {
        return DeviceType.of(deviceType);
    }
}
