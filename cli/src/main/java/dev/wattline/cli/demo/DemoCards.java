package dev.wattline.cli.demo;

import dev.wattline.analysis.sensor.Calibration;
import dev.wattline.analysis.sensor.CardCalibrations;
import dev.wattline.mock.signal.CpuLoadSignal;
import dev.wattline.mock.signal.ServerSignal;
import dev.wattline.mock.signal.SignalModel;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The demo's cards: mocks that draw a known part of the power at the wall and misreport it by a gain and an offset that
 * real cards have, too. A meter would have found these; here they are given.
 */
public final class DemoCards {
    /** Their number. */
    public static final int COUNT = 4;

    private static final String SHARES = "30,27,24,19";

    /** The model, as {@code mock-smi} takes it. */
    public static final String MODEL = "h100";

    /** A reading is this times the power, plus {@link #OFFSET_WATTS}. */
    public static final double GAIN = 0.953;

    /** See {@link #GAIN}. */
    public static final double OFFSET_WATTS = -1.2;

    private static final double GRAIN_SECONDS = 0.001;
    private static final double GAIN_SIGMA = 0.005;
    private static final double OFFSET_SIGMA_WATTS = 1;
    /** Power at the wall of all but the cards. */
    public static final double OTHER_WATTS = 90;
    /** Their part of a change of the power at the wall. */
    static final double EFFICIENCY = 0.94;

    /** The cards as {@code mock-smi} options. */
    List<String> options() {
        return values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(option -> Stream.of(option.getKey(), option.getValue()))
                .toList();
    }

    /** The same as values by option. */
    public Map<String, String> values() {
        return Map.of(
                "--model",
                MODEL,
                "--cards",
                Integer.toString(COUNT),
                "--shares",
                SHARES,
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
    public CardCalibrations calibrations() {
        Calibration calibration = new Calibration(GAIN, GAIN_SIGMA, OFFSET_WATTS, OFFSET_SIGMA_WATTS, false);
        return new CardCalibrations(
                "",
                false,
                List.of(new CardCalibrations.Entry(null, null, null, null, calibration, Double.NaN, Double.NaN, 0)));
    }

    /**
     * What they drew in J, integrated from the signal at the wall; empty where that is this machine's load, which is no
     * function of time, or falls below the power of all else, where the mock's cards draw nothing.
     *
     * @param from begin in s since the signal's start
     * @param to end in s since the signal's start
     */
    public OptionalDouble trueEnergyJ(SignalModel wall, double from, double to) {
        return wall instanceof CpuLoadSignal || fallsBelowTheRest(wall, from, to)
                ? OptionalDouble.empty()
                : OptionalDouble.of(wall.ofCards(OTHER_WATTS, EFFICIENCY).meanWatts(from, to) * (to - from));
    }

    private static boolean fallsBelowTheRest(SignalModel wall, double from, double to) {
        for (double at = from; !(wall instanceof ServerSignal) && at < to; at += GRAIN_SECONDS) {
            if (wall.wattsAt(at) < OTHER_WATTS) {
                return true;
            }
        }
        return false;
    }
}
