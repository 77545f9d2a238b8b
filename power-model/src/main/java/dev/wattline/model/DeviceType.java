package dev.wattline.model;

import java.util.List;
import java.util.Optional;

/**
 * The analyzers that PTDaemon knows by number and that Wattline knows something of. Sources: recorded sessions, the
 * official checker's model table, the reference director's table of greatest ranges, the makers' data sheets for the
 * ranges never seen in a session.
 *
 * @param number the device type on PTDaemon's command line
 * @param models names that its {@code Identify} may begin with; the first is the common one
 * @param onOfficialList whether the official checker accepts sessions with it
 * @param multichannel whether rows hold a sum and channels
 * @param dc whether it is a DC type
 * @param ampRanges current ranges in A, ascending; empty if unknown
 * @param voltRanges voltage ranges in V, ascending; empty if unknown
 */
public record DeviceType(
        int number,
        List<String> models,
        boolean onOfficialList,
        boolean multichannel,
        boolean dc,
        List<Double> ampRanges,
        List<Double> voltRanges) {
    private static final List<Double> WT210_AMPS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 20.0);
    private static final List<Double> WT310_AMPS = List.of(0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0);
    private static final List<Double> WT330_AMPS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 20.0);
    private static final List<Double> WT500_AMPS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 40.0);
    private static final List<Double> WT1800_AMPS = List.of(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
    private static final List<Double> WT5000_AMPS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0);
    private static final List<Double> WT_VOLTS = List.of(15.0, 30.0, 60.0, 150.0, 300.0, 600.0);
    private static final List<Double> WT500_VOLTS = List.of(15.0, 30.0, 60.0, 100.0, 150.0, 300.0, 600.0, 1000.0);

    private static final List<DeviceType> ALL = List.of(
            new DeviceType(0, List.of("Dummy"), false, false, false, WT310_AMPS, WT_VOLTS),
            single(8, WT210_AMPS, WT_VOLTS, "YokogawaWT210"),
            single(35, WT500_AMPS, WT500_VOLTS, "YokogawaWT500"),
            new DeviceType(47, List.of("YokogawaWT1800"), false, false, false, WT1800_AMPS, WT500_VOLTS),
            multi(48, WT500_AMPS, WT500_VOLTS, "YokogawaWT500_multichannel"),
            single(49, WT310_AMPS, WT_VOLTS, "YokogawaWT310E", "YokogawaWT310"),
            single(52, WT330_AMPS, WT_VOLTS, "YokogawaWT330E", "YokogawaWT330"),
            new DeviceType(59, List.of("HiokiPW3336_multichannel"), false, true, false, List.of(), List.of()),
            new DeviceType(61, List.of("HiokiPW3337_multichannel"), false, true, false, List.of(), List.of()),
            new DeviceType(66, List.of("YokogawaWT5000"), false, false, false, WT5000_AMPS, WT500_VOLTS),
            multi(77, WT330_AMPS, WT_VOLTS, "YokogawaWT330_multichannel"),
            dc(508, WT210_AMPS, "YokogawaWT210_DC"),
            dc(549, WT310_AMPS, "YokogawaWT310_DC"),
            dc(586, WT330_AMPS, "YokogawaWT330_DC"));

    public DeviceType {
        models = List.copyOf(models);
        ampRanges = List.copyOf(ampRanges);
        voltRanges = List.copyOf(voltRanges);
    }

    /** All types, by number. */
    public static List<DeviceType> all() {
        return ALL;
    }

    /** The type with this number; PTDaemon knows more than are listed here. */
    public static Optional<DeviceType> of(int number) {
        return ALL.stream().filter(type -> type.number == number).findFirst();
    }

    /** The greatest current range in A, which the ranging mode MAX sets; empty if unknown. */
    public Optional<Double> maxAmps() {
        return ampRanges.isEmpty() ? Optional.empty() : Optional.of(ampRanges.get(ampRanges.size() - 1));
    }

    /** The greatest voltage range in V; empty if unknown. */
    public Optional<Double> maxVolts() {
        return voltRanges.isEmpty() ? Optional.empty() : Optional.of(voltRanges.get(voltRanges.size() - 1));
    }

    /** The range that an analyzer picks for a value: the smallest that covers it; empty if none does. */
    public static Optional<Double> rangeFor(double value, List<Double> ranges) {
        return ranges.stream().filter(range -> range >= value).findFirst();
    }

    private static DeviceType single(int number, List<Double> amps, List<Double> volts, String... models) {
        return new DeviceType(number, List.of(models), true, false, false, amps, volts);
    }

    private static DeviceType multi(int number, List<Double> amps, List<Double> volts, String model) {
        return new DeviceType(number, List.of(model), true, true, false, amps, volts);
    }

    private static DeviceType dc(int number, List<Double> amps, String model) {
        return new DeviceType(number, List.of(model), true, false, true, amps, WT_VOLTS);
    }
}
