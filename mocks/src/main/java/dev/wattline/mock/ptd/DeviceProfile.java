package dev.wattline.mock.ptd;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.model.DeviceType;
import java.time.Duration;

/**
 * What is known of a device's driver beyond its ranges: how it names itself and how long it takes. The times are
 * medians of recorded sessions, for the Linux drivers where both are known; types that were never recorded have those
 * of their nearest relative.
 *
 * @param type number, name and ranges
 * @param vendorModel as in the first line on standard output
 * @param instrument the instrument's own model name
 * @param shortName as in {@code Bad watts reading nan from <name>}
 * @param frequency whether Identify says that frequency can be measured
 * @param channelRangeLines whether a range change prints one line for each channel
 * @param readLatency from a tick to the sample
 * @param start from the process's start to the listener
 * @param voltsAuto duration of {@code SR,V,Auto}, and so on
 */
record DeviceProfile(
        DeviceType type,
        String vendorModel,
        String instrument,
        String shortName,
        boolean frequency,
        boolean channelRangeLines,
        Duration readLatency,
        Duration start,
        Duration voltsAuto,
        Duration ampsAuto,
        Duration voltsFixed,
        Duration ampsFixed) {

    /**
     * The profile of a device type.
     *
     * @throws InvalidOptionException if the mock does not know it
     */
    static DeviceProfile of(int number) {
        DeviceType type = DeviceType.of(number)
                .orElseThrow(() -> new InvalidOptionException(
                        "the mock knows no device type " + number,
                        "Known types: "
                                + String.join(
                                        ", ",
                                        DeviceType.all().stream()
                                                .map(known -> known.number() + " ("
                                                        + known.models().get(0) + ")")
                                                .toList())));
        return switch (number) {
            case 0 -> profile(type, "SPECpower Dummy", "Dummy", "Dummy", 10, 500, 1, 1, 1, 1);
            case 8, 508 -> profile(type, "Yokogawa WT210", "WT210", "Yokogawa", 210, 12_000, 501, 501, 1501, 1502);
            case 35, 48 ->
                profile(type, "Yokogawa WT500" + wiring(type), "WT500", "WT500", 301, 14_500, 185, 295, 1101, 736);
            case 52, 586 ->
                profile(type, "Yokogawa WT330:1-Channel", "WT310E", "WT310", 302, 17_100, 503, 503, 1502, 1501);
            case 77 ->
                profile(type, "Yokogawa WT330" + wiring(type), "WT333E", "WT330", 261, 19_800, 5060, 5060, 6060, 5560);
            case 59, 61 ->
                profile(
                        type,
                        "Hioki PW" + (number + 3277),
                        "PW" + (number + 3277),
                        "Hioki",
                        261,
                        19_800,
                        5060,
                        5060,
                        6060,
                        5560);
            case 47 -> profile(type, "Yokogawa WT1800", "WT1800", "WT1800", 302, 17_170, 503, 502, 1502, 1501);
            case 66 -> profile(type, "Yokogawa WT5000", "WT5000", "WT5000", 302, 17_170, 503, 502, 1502, 1501);
            default -> profile(type, "Yokogawa WT310", "WT310E", "WT310", 302, 17_170, 503, 502, 1502, 1501);
        };
    }

    private static String wiring(DeviceType type) {
        return type.multichannel() ? ":MULTICHANNEL" : "";
    }

    private static DeviceProfile profile(
            DeviceType type, String vendorModel, String instrument, String shortName, int latency, int... millis) {
        return new DeviceProfile(
                type,
                vendorModel,
                instrument,
                shortName,
                type.number() == 49 || type.number() == 549,
                type.number() == 48,
                Duration.ofMillis(latency),
                Duration.ofMillis(millis[0]),
                Duration.ofMillis(millis[1]),
                Duration.ofMillis(millis[2]),
                Duration.ofMillis(millis[3]),
                Duration.ofMillis(millis[4]));
    }

    /** The name in Identify. */
    String model() {
        return type.models().get(0);
    }

    /** How long an {@code SR} takes. */
    Duration rangeChange(boolean volts, boolean auto) {
        if (volts) {
            return auto ? voltsAuto : voltsFixed;
        }
        return auto ? ampsAuto : ampsFixed;
    }

    /** When, within an {@code SR}, its line appears on standard output. */
    Duration rangeLine(boolean auto) {
        return switch (type.number()) {
            case 77, 59, 61 -> Duration.ofSeconds(5);
            case 48 -> auto ? Duration.ZERO : Duration.ofMillis(46);
            default -> Duration.ZERO;
        };
    }

    /** Channels in a row: three for a multichannel device, even if fewer are measured. */
    int rowChannels() {
        return type.multichannel() ? 3 : 0;
    }
}
