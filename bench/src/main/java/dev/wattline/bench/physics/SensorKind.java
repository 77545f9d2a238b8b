package dev.wattline.bench.physics;

/** Sensors and polling rates as they are met in the field. */
public enum SensorKind {
    /** The 1 s average, polled once a second. */
    AVERAGE_1HZ("power.draw.average", "NVIDIA H100 80GB HBM3", 100, 1000, 1000),
    /** The 1 s average, polled at 10 Hz. */
    AVERAGE_10HZ("power.draw.average", "NVIDIA H100 80GB HBM3", 100, 1000, 100),
    /** A window of a whole period, polled at 10 Hz. */
    FULL_10HZ("power.draw.instant", "NVIDIA L40S", 100, 100, 100),
    /** A quarter of the time, every update read. */
    A100_33HZ("power.draw.instant", "NVIDIA A100-SXM4-80GB", 101.2, 25, 30),
    /** A quarter of the time, polled once a second. */
    A100_1HZ("power.draw", "NVIDIA A100-SXM4-80GB", 101.2, 25, 1000);

    private final String field;
    private final String card;
    private final double periodMs;
    private final double windowMs;
    private final double pollMs;

    SensorKind(String field, String card, double periodMs, double windowMs, double pollMs) {
        this.field = field;
        this.card = card;
        this.periodMs = periodMs;
        this.windowMs = windowMs;
        this.pollMs = pollMs;
    }

    /** Name of the column. */
    public String field() {
        return field;
    }

    /** Name of the card. */
    public String card() {
        return card;
    }

    /** Update period T in ms. */
    public double periodMs() {
        return periodMs;
    }

    /** Window W in ms. */
    public double windowMs() {
        return windowMs;
    }

    /** Interval of the polls in ms. */
    public double pollMs() {
        return pollMs;
    }
}
