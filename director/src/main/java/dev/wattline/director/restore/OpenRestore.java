package dev.wattline.director.restore;

import dev.wattline.director.analyzer.Ranges;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.journal.JournaledSession.StartedPtd;
import dev.wattline.model.AnalyzerIdentity;
import dev.wattline.model.RangeSetting;
import java.time.Instant;
import java.util.Optional;

/**
 * Ranges that an analyzer had before a session, and is to get back. It is on disk before the first range is changed, and
 * until the analyzer was read to have these ranges again.
 *
 * @param session the session before which it had them
 * @param analyzer its number in the configuration of that time, from 1
 * @param address how PTDaemon reaches it, see {@link #addressOf}; empty if an older version left this behind
 * @param instrument maker, model, serial number and firmware as PTDaemon gave them; empty if it gave none
 * @param volts voltage range in V as the analyzer gave it, or {@code Auto}
 * @param amps current range in A as the analyzer gave it, or {@code Auto}
 * @param readAt when they were read
 * @param cause why the last attempt to restore them failed; empty if there was none
 * @param restoring the PTDaemon of the last attempt, which may still run if the director was killed
 */
public record OpenRestore(
        String session,
        int analyzer,
        String address,
        String instrument,
        String volts,
        String amps,
        Instant readAt,
        String cause,
        Optional<StartedPtd> restoring) {

    /** What an analyzer had before a session, as it was just read. */
    static OpenRestore of(
            String session, AnalyzerConfig config, AnalyzerIdentity identity, Ranges ranges, Instant readAt) {
        return new OpenRestore(
                session,
                config.number(),
                addressOf(config),
                identity.instrument(),
                ranges.volts().wireText(),
                ranges.amps().wireText(),
                readAt,
                "",
                Optional.empty());
    }

    /** How PTDaemon reaches an analyzer: what the configuration says of its port, but for PTDaemon's own. */
    static String addressOf(AnalyzerConfig config) {
        String board = config.gpibBoard() == null ? "" : "board " + config.gpibBoard() + " ";
        String flag = config.interfaceFlag().isEmpty() ? "" : config.interfaceFlag() + " ";
        return board + flag + config.devicePort();
    }

    OpenRestore withCause(String text) {
        return new OpenRestore(session, analyzer, address, instrument, volts, amps, readAt, text, restoring);
    }

    OpenRestore withRestoring(StartedPtd ptd) {
        return new OpenRestore(session, analyzer, address, instrument, volts, amps, readAt, cause, Optional.of(ptd));
    }

    /** Whether it was left by the analyzer of this number at this address. */
    boolean isAt(AnalyzerConfig config) {
        return analyzer == config.number() && (address.isEmpty() || address.equals(addressOf(config)));
    }

    /** Whether it is about the same session and analyzer. */
    public boolean isSameRecord(OpenRestore other) {
        return session.equals(other.session()) && analyzer == other.analyzer();
    }

    /** Whether the instrument is the same, where both are known; the firmware may be another since. */
    boolean mayBe(String other) {
        return instrument.isEmpty() || other.isEmpty() || isSame(other);
    }

    /** Whether the instrument is known to be the same. */
    boolean isSame(String other) {
        return !instrument.isEmpty() && withoutFirmware(instrument).equals(withoutFirmware(other));
    }

    private static String withoutFirmware(String instrument) {
        return instrument.replaceFirst("^([^;,]*[;,][^;,]*[;,][^;,]*)[;,].*$", "$1");
    }

    /** What it is to get back. */
    public Ranges ranges() {
        return new Ranges(setting(volts), setting(amps));
    }

    private static RangeSetting setting(String text) {
        return text.equals(RangeSetting.auto().wireText()) ? RangeSetting.auto() : RangeSetting.ofText(text);
    }

    /** In words: the ranges with units, and since which session they wait. */
    public String describe() {
        return "analyzer " + analyzer + ": its ranges from before session " + session + ", " + unit(volts, "V")
                + " and " + unit(amps, "A");
    }

    private static String unit(String text, String unit) {
        return text.equals(RangeSetting.auto().wireText())
                ? text + " for " + unit
                : text.replaceFirst("(\\.\\d*?)0+$", "$1").replaceFirst("\\.$", "") + " " + unit;
    }
}
