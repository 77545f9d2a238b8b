package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.SpecText;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What a card's energy counter is like.
 *
 * @param scope what it counts
 * @param card the card that this is about; empty for all
 * @param gain joules that it adds for each joule that was used
 * @param offsetWatts what it adds beside that
 * @param lagSeconds by how much it is behind the card
 * @param periodMillis time between two updates
 * @param stuckAt when it stops to count, in s since the signal's start; empty for never
 */
public record CounterSpec(
        Scope scope,
        OptionalInt card,
        double gain,
        double offsetWatts,
        double lagSeconds,
        double periodMillis,
        OptionalDouble stuckAt) {
    /** That of a sound card: NVML renews its counter each 20 to 100 ms. */
    public static final CounterSpec SOUND =
            new CounterSpec(Scope.GPU, OptionalInt.empty(), 1, 0, 0, 50, OptionalDouble.empty());

    private static final String FORMS = "Counters: gpu[,KEY=N...]; module[,KEY=N...]; none[,card=I]."
            + " Keys: card=I, gain=G, offset=W, lag=S, period=MS, stuck=S";

    /** What a counter counts. */
    public enum Scope {
        GPU,
        /** Of a superchip: processor and memory too. */
        MODULE,
        /** Cards before Volta have no counter. */
        NONE
    }

    /**
     * @throws InvalidOptionException if the text is no counter
     */
    public static CounterSpec parse(String text) {
        SpecText spec = new SpecText("counter", text, FORMS);
        Scope scope = switch (spec.kind()) {
            case "gpu" -> Scope.GPU;
            case "module" -> Scope.MODULE;
            case "none" -> Scope.NONE;
            default -> throw spec.wrong("unknown counter '" + spec.kind() + "'");
        };
        if (scope == Scope.NONE) {
            spec.only("card");
        }
        spec.only("card", "gain", "offset", "lag", "period", "stuck");
        return new CounterSpec(
                scope,
                spec.text("card", "").isEmpty() ? OptionalInt.empty() : OptionalInt.of(spec.index("card")),
                spec.positive("gain", SOUND.gain),
                spec.number("offset", SOUND.offsetWatts),
                spec.notNegative("lag", SOUND.lagSeconds),
                spec.positive("period", SOUND.periodMillis),
                spec.text("stuck", "").isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(spec.notNegative("stuck", 0)));
    }

    boolean isOf(int index) {
        return card.isEmpty() || card.getAsInt() == index;
    }
}
