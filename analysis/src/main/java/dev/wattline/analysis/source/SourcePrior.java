package dev.wattline.analysis.source;

import dev.wattline.files.TelemetryMeta.Series;

/**
 * What is assumed of a source that nobody has calibrated. The figures are assumptions, told with each result; where they
 * come from stands beside them.
 *
 * @param gain reading over truth
 * @param gainSigma its standard uncertainty
 * @param offsetW what a reading has too much, in W
 * @param offsetSigmaW its standard uncertainty in W
 * @param lateS how far the readings are behind the power, in s
 * @param lateSigmaS its standard uncertainty in s
 * @param unseenS for how long power may change between two readings without being seen in them, in s
 */
record SourcePrior(
        double gain,
        double gainSigma,
        double offsetW,
        double offsetSigmaW,
        double lateS,
        double lateSigmaS,
        double unseenS) {
    /** By how much, of the mean, power may differ in time that no reading sees; assumed. */
    static final double UNSEEN_SHARE = 0.15;

    /** Of this source and series. */
    static SourcePrior of(String source, Series series) {
        return switch (source) {
            // Socket energy is measured since Haswell; memory is an estimate on some boards, up to 30 % off.
            case "rapl" -> new SourcePrior(1, series.scope().equals("dram") ? 0.08 : 0.03, 0, 0, 0.0005, 0.001, 0);
            // Gain and offset of a population of 23 cards, as for nvidia-smi, and 5 % more, because nobody has tested
            // the counter itself; its lag is that of reports.
            case "nvml" -> new SourcePrior(0.993, Math.hypot(0.035, 0.05), -1.7, 7.2, 0.125, 0.08, 0);
            // What a management controller's meter is good for when nothing is known: 5 %, and 5 W and 1 %. It shows
            // the mean over up to a minute, some seconds late.
            case "redfish", "ipmi" -> bmc();
            case "hwmon" -> series.scope().equals("node") ? bmc() : chip();
            // A plug-in meter: 1 to 2 % and 0.5 W.
            default -> series.scope().equals("wall") ? new SourcePrior(1, 0.015, 0, 0.5, 0.5, 0.5, 1) : chip();
        };
    }

    private static SourcePrior bmc() {
        return new SourcePrior(1, Math.hypot(0.05, 0.01), 0, 5, 5, 5, 10);
    }

    /** A sensor on the board whose window is not told. */
    private static SourcePrior chip() {
        return new SourcePrior(1, 0.05, 0, 1, 0.5, 0.5, 1);
    }
}
