package dev.wattline.mock.ptd;

import java.util.Locale;

/**
 * How the mock names itself and its instrument. The version reads as a supported one up to its dash, since the official
 * checker accepts only these; behind it stands {@code mock} where a real PTDaemon has its checksum, and the instrument's
 * maker is {@code MOCK}, so that no reader takes its data for measured.
 */
final class Identity {
    /** PTDaemon's version whose ways the mock follows, what it is, and the date of its last change of behaviour. */
    static final String VERSION = "1.11.1-mock-20261122";

    private static final String FIRMWARE = "F1.00";

    private final DeviceProfile profile;
    private final int channels;

    Identity(DeviceProfile profile, int channels) {
        this.profile = profile;
        this.channels = channels;
    }

    /** The reply to {@code Identify}: 19 fields. */
    String record() {
        return String.format(
                Locale.ROOT,
                "%s,%d,1,1,1,1,0,%d,%d,version=%s,OS=%s,mode=power,1,1,%d,0,0,no_cal_date,%s",
                profile.model(),
                MeasurementCommands.DEFAULT_INTERVAL_MILLIS,
                profile.frequency() ? 1 : 0,
                profile.type().number() == 0 ? 0 : 1,
                VERSION,
                operatingSystem(),
                channels,
                instrument().replace(',', ';'));
    }

    /** The instrument's answer to {@code *IDN?}: maker, model, serial number, firmware. */
    String instrument() {
        return "MOCK," + profile.instrument() + ",0," + FIRMWARE;
    }

    private static String operatingSystem() {
        String name = System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", "") + " "
                + System.getProperty("os.arch", "");
        return name.replace(',', ' ');
    }
}
