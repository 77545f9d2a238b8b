package dev.wattline.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The analyzers that PTDaemon knows by number and that Wattline knows something of, read from {@code devices.txt} beside
 * this class, which states the sources.
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
    private static final String FILE = "devices.txt";
    private static final int CELLS = 6;

    private static final List<DeviceType> ALL = load();

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

    /**
     * The first type that PTDaemon may call by this model; empty if none is known.
     *
     * @param model as {@link #isCalled} takes it
     */
    public static Optional<DeviceType> called(String model) {
        return ALL.stream().filter(type -> type.isCalled(model)).findFirst();
    }

    /**
     * Whether PTDaemon, started with this type, may answer {@code Identify} with this model.
     *
     * @param model with or without {@code -na} at its end, for an instrument that gave no identification
     */
    public boolean isCalled(String model) {
        return models.stream().anyMatch(known -> model.equals(known) || model.startsWith(known + "-"));
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

    private static List<DeviceType> load() {
        try (InputStream in = DeviceType.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not beside " + DeviceType.class);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(DeviceType::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DeviceType parse(String line) {
        String[] cells = line.split(" ; ", -1);
        if (cells.length != CELLS) {
            throw new IllegalStateException(FILE + ": expected " + CELLS + " cells in '" + line + "'");
        }
        List<String> traits = words(cells[2]);
        return new DeviceType(
                Integer.parseInt(cells[0].strip()),
                words(cells[1]),
                traits.contains("official"),
                traits.contains("multichannel"),
                traits.contains("dc"),
                steps(cells[3]),
                steps(cells[4]));
    }

    private static List<String> words(String cell) {
        return List.of(cell.strip().split(" "));
    }

    private static List<Double> steps(String cell) {
        return cell.strip().equals("?")
                ? List.of()
                : words(cell).stream().map(Double::valueOf).toList();
    }
}
