package dev.wattline.ptd;

/** What PTDaemon keeps statistics of. */
public enum Quantity {
    /** Power, W. */
    WATTS("Watts"),
    /** Voltage, V. */
    VOLTS("Volts"),
    /** Current, A. */
    AMPS("Amps"),
    /** Power factor, 0 to 1. */
    POWER_FACTOR("PF"),
    /** Temperature in °C, of a PTDaemon in temperature mode. */
    TEMPERATURE("Temperature"),
    /** Relative humidity in %, of a PTDaemon in temperature mode. */
    HUMIDITY("Humidity");

    private final String wireName;

    Quantity(String wireName) {
        this.wireName = wireName;
    }

    /** The command, and the first field of its reply. */
    public String wireName() {
        return wireName;
    }
}
