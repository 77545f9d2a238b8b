package dev.wattline.analysis.result;

/**
 * What was analysed; an empty text stands for what was not given.
 *
 * @param analyzer the analyzer's log
 * @param smi the nvidia-smi log
 * @param loadgen the LoadGen log whose power window was used
 * @param smiZone zone of the nvidia-smi stamps, an IANA name or an offset
 * @param zoneSource {@code user}, {@code session} (recorded with the telemetry), {@code inferred} or {@code none}
 * @param driver driver version recorded with the telemetry; contains {@code mock} where nvidia-smi was one
 * @param calibration the card's calibration file
 * @param gainSource {@code file} or {@code prior} (of the population of cards)
 */
public record Inputs(
        String analyzer,
        String smi,
        String loadgen,
        String smiZone,
        String zoneSource,
        String driver,
        String calibration,
        String gainSource) {}
