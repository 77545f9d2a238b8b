package dev.wattline.director.config;

import dev.wattline.model.DeviceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one analyzer from {@code [analyzerN]}, or from {@code [ptd]} in the form used before 2024. What is
 * handed to PTDaemon and only it can judge is at most warned of, because labs have values that work for them.
 */
final class AnalyzerSection {
    private final SectionReader section;

    AnalyzerSection(SectionReader section) {
        this.section = section;
    }

    /** @param ports who took each port so far; this analyzer is added */
    AnalyzerConfig read(int number, Map<Integer, String> ports) {
        Integer type = section.required(ConfigKey.DEVICE_TYPE, KeyNumbers::integer);
        String flag = section.required(ConfigKey.INTERFACE_FLAG, text -> text);
        String port = section.required(ConfigKey.DEVICE_PORT, text -> text);
        int networkPort = section.orDefault(ConfigKey.NETWORK_PORT, KeyNumbers::port);
        List<Integer> channels = section.optional(ConfigKey.CHANNEL, KeyNumbers::integers);
        Integer board = section.optional(ConfigKey.GPIB_BOARD, KeyNumbers::integer);
        String dcFlag = section.optional(ConfigKey.DC_FLAG, text -> text);
        String taken = ports.putIfAbsent(networkPort, "analyzer " + number);
        if (taken != null) {
            section.error(
                    ConfigKey.NETWORK_PORT, networkPort + " is the port of " + taken + " already: each needs its own");
        }
        warnOfOption(ConfigKey.INTERFACE_FLAG, flag);
        warnOfOption(ConfigKey.DC_FLAG, dcFlag);
        if (port != null && port.isBlank()) {
            section.warning(ConfigKey.DEVICE_PORT, "is empty; PTDaemon is given it as it is");
        }
        if (board != null && board < 0) {
            section.warning(ConfigKey.GPIB_BOARD, "boards are numbered from 0, got " + board + "; PTDaemon judges it");
        }
        if (type != null) {
            checkType(type, channels);
        }
        return new AnalyzerConfig(
                number,
                type == null ? 0 : type,
                flag == null ? "" : flag,
                port == null ? "" : port,
                networkPort,
                channels,
                board,
                dcFlag);
    }

    private void warnOfOption(ConfigKey key, @Nullable String text) {
        if (text != null && !text.isEmpty() && (!text.startsWith("-") || text.contains(" "))) {
            section.warning(
                    key,
                    "is usually one option with its hyphen, or nothing; PTDaemon is given '" + text
                            + "' as one argument, and may take it for the device type");
        }
    }

    private void checkType(int type, @Nullable List<Integer> channels) {
        checkChannels(type, channels);
        Optional<DeviceType> known = DeviceType.of(type);
        if (known.isEmpty()) {
            section.note(ConfigKey.DEVICE_TYPE, type + " is no type that Wattline knows; PTDaemon may");
        } else if (!known.get().onOfficialList()) {
            section.note(
                    ConfigKey.DEVICE_TYPE,
                    type + " (" + known.get().models().get(0)
                            + ") is not on MLCommons' list: the official checker rejects such sessions");
        }
    }

    private void checkChannels(int type, @Nullable List<Integer> channels) {
        int found = channels == null ? 0 : channels.size();
        if (AnalyzerConfig.MULTICHANNEL.contains(type)) {
            int expected = type == AnalyzerConfig.WT500_MULTICHANNEL ? 1 : 2;
            String what = expected == 1 ? "one number (the count of channels)" : "two numbers (first channel, count)";
            if (found != expected && (found > 0 || !section.has(ConfigKey.CHANNEL))) {
                section.error(ConfigKey.CHANNEL, "multichannel type " + type + " needs " + what + ", got " + found);
                return;
            }
        } else if (found > 1) {
            section.error(ConfigKey.CHANNEL, "single-channel type " + type + " takes one number at most, got " + found);
            return;
        }
        if (channels != null && channels.stream().anyMatch(channel -> channel < 1)) {
            section.warning(
                    ConfigKey.CHANNEL,
                    "channels and their count are usually numbers from 1, got " + channels
                            + "; PTDaemon is given it as it is");
        }
    }
}
