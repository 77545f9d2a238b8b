package dev.wattline.cli.demo;

import dev.wattline.analysis.result.WallResult;
import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import java.util.List;

/**
 * The demo's cards: mocks that draw a known part of the power at the wall and misreport it by a gain and an offset that
 * real cards have, too. A meter would have found these; here they are given.
 */
public final class DemoCards {
    /** Their number. */
    public static final int COUNT = 2;

    /** The model, as {@code mock-smi} takes it. */
    public static final String MODEL = "h100";

    /** A reading is this times the power, plus {@link #OFFSET_WATTS}. */
    public static final double GAIN = 0.953;

    /** See {@link #GAIN}. */
    public static final double OFFSET_WATTS = -1.2;

    private static final double GAIN_SIGMA = 0.005;
    private static final double OFFSET_SIGMA_WATTS = 1;
    private static final double OTHER_WATTS = 40;
    /** Their part of a change of the power at the wall. */
    static final double EFFICIENCY = 0.94;

    /** The cards as {@code mock-smi} options. */
    List<String> options() {
        return List.of(
                "--model",
                MODEL,
                "--cards",
                Integer.toString(COUNT),
                "--gain",
                Double.toString(GAIN),
                "--offset",
                Double.toString(OFFSET_WATTS),
                "--other-watts",
                Double.toString(OTHER_WATTS),
                "--efficiency",
                Double.toString(EFFICIENCY));
    }

    /** What calibrating them with a meter would have given. */
    CardCalibrations calibrations() {
        Calibration calibration = new Calibration(GAIN, GAIN_SIGMA, OFFSET_WATTS, OFFSET_SIGMA_WATTS, false);
        return new CardCalibrations(
                "",
                false,
                List.of(new CardCalibrations.Entry(null, null, null, null, calibration, Double.NaN, Double.NaN, 0)));
    }

    /** What they drew in J while the analyzer measured this; NaN where that cannot be told from its mean. */
    double trueEnergyJ(WallResult wall) {
        double watts = (wall.meanW() - OTHER_WATTS) * EFFICIENCY;
        return watts > 0 ? watts * wall.windowS() : Double.NaN;
    }
}
