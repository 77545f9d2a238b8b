package dev.wattline.analysis.result;

import dev.wattline.files.SessionFile;

/**
 * What was analysed; an empty text stands for what was not given.
 *
 * @param analyzer the analyzer's log
 * @param smi the nvidia-smi log
 * @param loadgen the LoadGen log whose power window was used
 * @param smiZone zone of the nvidia-smi stamps, an IANA name or an offset
 * @param zoneSource {@code user}, {@code session} (recorded with the telemetry), {@code log} (its times have one of their
 *     own), {@code inferred} or {@code none}
 * @param driver driver version recorded with the telemetry; contains {@code mock} where nvidia-smi was one
 * @param calibration the card's calibration file
 * @param gainSource {@code file} or {@code prior} (of the population of cards)
 * @param analyzerForm the form of the analyzer's log, such as {@code spl.txt}; that of the nodes' log where nodes stand in for it
 * @param smiForm the form that the telemetry was read as, such as {@code tegrastats}
 */
public record Inputs(
        String analyzer,
        String smi,
        String loadgen,
        String smiZone,
        String zoneSource,
        String driver,
        String calibration,
        String gainSource,
        String analyzerForm,
        String smiForm) {
    /** The form of an analyzer's log. */
    public static final String SPL = SessionFile.SPL;

    private static final String NVIDIA_SMI = "nvidia-smi";

    /** An analyzer's log and nvidia-smi's. */
    public Inputs(
            String analyzer,
            String smi,
            String loadgen,
            String smiZone,
            String zoneSource,
            String driver,
            String calibration,
            String gainSource) {
        this(
                analyzer,
                smi,
                loadgen,
                smiZone,
                zoneSource,
                driver,
                calibration,
                gainSource,
                analyzer.isEmpty() ? "" : SPL,
                smi.isEmpty() ? "" : "nvidia-smi CSV");
    }

    /** Whose watts stand for the wall's: the analyzer's, or the nodes' own. */
    public String wallName() {
        return analyzerForm.isEmpty() || analyzerForm.equals(SPL) ? "Analyzer" : "Nodes (" + analyzerForm + ")";
    }

    /** What the telemetry's readings are called. */
    public String readingsName() {
        return smiForm.isEmpty() || smiForm.startsWith(NVIDIA_SMI) ? NVIDIA_SMI : smiForm;
    }
}
