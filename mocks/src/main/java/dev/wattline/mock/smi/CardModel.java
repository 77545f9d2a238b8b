package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.model.SensorTable;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The cards that can be simulated. What their sensors do stands in the {@link SensorTable}: the register's update period
 * T, the window W that each update averages over, and whether there is an average. With 25 of 100 ms, A100 and H100 see a
 * quarter of the time.
 */
public enum CardModel {
    /** GH100: power.draw and .average over 1 s, .instant over 25 of 100 ms. */
    H100("NVIDIA H100 PCIe", 350),
    /** As GH100. */
    H200("NVIDIA H200", 700),
    /** A superchip's GPU: as GH100. */
    GH200("NVIDIA GH200 480GB", 900),
    /** GA100: one sensor of 25 of 101.2 ms, no average. */
    A100("NVIDIA A100-SXM4-80GB", 400),
    /** Ada: as GA10x, over all of the time. */
    L40S("NVIDIA L40S", 350),
    /** GA10x: .instant over all of the time. */
    RTX3090("NVIDIA GeForce RTX 3090", 350),
    /** Volta: 10 of 20 ms, no average. */
    V100("Tesla V100-SXM2-16GB", 300),
    /** Turing. */
    T4("Tesla T4", 70);

    private final String cardName;
    private final double limitWatts;
    private final double periodMillis;
    private final double windowMillis;
    private final boolean averages;

    CardModel(String cardName, double limitWatts) {
        SensorTable.Entry sensor = SensorTable.find(cardName, "power.draw.instant", "")
                .orElseThrow(() -> new IllegalStateException("no sensor of " + cardName + " in the table"));
        this.cardName = cardName;
        this.limitWatts = limitWatts;
        this.periodMillis = sensor.periodMs();
        this.windowMillis = sensor.windowMs();
        this.averages = SensorTable.averages(cardName).orElse(false);
    }

    /** The name in the log. */
    String cardName() {
        return cardName;
    }

    double limitWatts() {
        return limitWatts;
    }

    double periodMillis() {
        return periodMillis;
    }

    double windowMillis() {
        return windowMillis;
    }

    /** Whether there is a power.draw.average, a mean over 1 s, which power.draw then equals. */
    boolean averages() {
        return averages;
    }

    /**
     * The model of this name.
     *
     * @throws InvalidOptionException if there is none
     */
    public static CardModel of(String name) {
        return Arrays.stream(values())
                .filter(model -> model.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidOptionException(
                        "unknown card model '" + name + "'",
                        "Models: "
                                + Arrays.stream(values())
                                        .map(model -> model.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", "))));
    }
}
