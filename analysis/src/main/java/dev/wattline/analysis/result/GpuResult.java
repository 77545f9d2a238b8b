package dev.wattline.analysis.result;

import java.util.List;

/**
 * One GPU's power field.
 *
 * @param key uuid, bus id or index, whichever the log has first in this order
 * @param name the card's name, empty where the log has none
 * @param field the power field used, such as {@code power.draw.average}
 * @param sensor the sensor model
 * @param gain gain g by which readings were divided
 * @param gainSigma its standard uncertainty
 * @param offsetW offset o in W that was taken off before
 * @param offsetSigmaW its standard uncertainty in W
 * @param pollMs median interval between its rows in ms
 * @param phases the phases in order of time
 */
public record GpuResult(
        String key,
        String name,
        String field,
        SensorResult sensor,
        double gain,
        double gainSigma,
        double offsetW,
        double offsetSigmaW,
        double pollMs,
        List<GpuPhase> phases) {}
