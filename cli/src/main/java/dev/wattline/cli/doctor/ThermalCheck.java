package dev.wattline.cli.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Whether a part of the machine is, before the run has begun, near the temperature at which it slows down. */
final class ThermalCheck implements DoctorCheck {
    private static final double MARGIN = 5; // kelvin below the trip point
    private static final double MILLI = 1e3;
    private static final Set<String> SLOWING = Set.of("passive", "hot", "critical");

    private final Path thermal;

    /** @param thermal the folder with {@code thermal_zone0} and so on */
    ThermalCheck(Path thermal) {
        this.thermal = thermal;
    }

    static ThermalCheck ofThisMachine() {
        return new ThermalCheck(Path.of("/sys/class/thermal"));
    }

    @Override
    public String name() {
        return "temperature";
    }

    @Override
    public CheckOutcome run() {
        List<String> hot = new ArrayList<>();
        double highest = Double.NEGATIVE_INFINITY;
        for (Path zone : KernelFile.list(thermal, "thermal_zone[0-9]*")) {
            OptionalDouble temperature = celsius(zone.resolve("temp"));
            if (temperature.isEmpty()) {
                continue;
            }
            double now = temperature.getAsDouble();
            highest = Math.max(highest, now);
            lowestTrip(zone)
                    .filter(trip -> now > trip - MARGIN)
                    .ifPresent(trip -> hot.add(
                            String.format(Locale.ROOT, "%s at %.0f °C, slows at %.0f °C", name(zone), now, trip)));
        }
        if (Double.isInfinite(highest)) {
            return CheckOutcome.pass("this system does not tell temperatures");
        }
        CheckOutcome outcome = hot.isEmpty()
                ? CheckOutcome.pass(String.format(Locale.ROOT, "at most %.0f °C, away from every limit", highest))
                : CheckOutcome.warn(String.join("; ", hot), "Let the machine cool down; check its fans and the room.");
        return outcome.with("highestCelsius", highest);
    }

    private static Optional<Double> lowestTrip(Path zone) {
        return KernelFile.list(zone, "trip_point_*_type").stream()
                .filter(type -> KernelFile.read(type).filter(SLOWING::contains).isPresent())
                .map(type -> celsius(
                        type.resolveSibling(type.getFileName().toString().replace("_type", "_temp"))))
                .filter(trip -> trip.isPresent() && trip.getAsDouble() > 0) // 0 and below: a limit that is not set
                .map(OptionalDouble::getAsDouble)
                .min(Double::compare);
    }

    private static String name(Path zone) {
        return KernelFile.read(zone.resolve("type")).orElse(zone.getFileName().toString());
    }

    private static OptionalDouble celsius(Path file) {
        return KernelFile.read(file)
                .filter(text -> text.matches("-?[0-9]{1,9}"))
                .map(text -> OptionalDouble.of(Integer.parseInt(text) / MILLI))
                .orElse(OptionalDouble.empty());
    }
}
