package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.SpecText;

/**
 * Something that goes wrong with an nvidia-smi log, as it does with real ones. Times are in s since the first round, or since
 * it was due.
 */
public sealed interface SmiFault {
    /** The forms as text. */
    String FORMS = "Faults: dead,card=I,at=S; late,card=I,until=S; frozen,card=I,at=S; hole,at=S,seconds=S[,every=S];"
            + " clock-step,at=S,ms=MS; clock-drift,ppm=P";

    /** A card that has no rows from a time on. */
    record Dead(int card, double at) implements SmiFault {}

    /** A card that has no rows until a time. */
    record Late(int card, double until) implements SmiFault {}

    /** A card whose power readings stand still from a time on; all else of it goes on. */
    record Frozen(int card, double at) implements SmiFault {}

    /** Rounds that are missing from a time on for some seconds; again every so many seconds if that is above 0. */
    record Hole(double at, double seconds, double every) implements SmiFault {
        boolean covers(double since) {
            double after = since - at;
            return after >= 0 && (every > 0 ? after % every : after) < seconds;
        }
    }

    /** A clock that is set ahead by some ms, or back if below 0. */
    record ClockStep(double at, double millis) implements SmiFault {}

    /** A clock that is fast by so many millionths, or slow if below 0. */
    record ClockDrift(double ppm) implements SmiFault {}

    /**
     * @throws InvalidOptionException if the text is no fault
     */
    static SmiFault parse(String text) {
        SpecText spec = new SpecText("fault", text, FORMS);
        return switch (spec.kind()) {
            case "dead" -> new Dead(spec.only("card", "at").index("card"), spec.notNegative("at", 0));
            case "late" -> new Late(spec.only("card", "until").index("card"), spec.required("until"));
            case "frozen" -> new Frozen(spec.only("card", "at").index("card"), spec.notNegative("at", 0));
            case "hole" ->
                new Hole(
                        spec.only("at", "seconds", "every").notNegative("at", 0),
                        spec.positive("seconds", 4),
                        spec.notNegative("every", 0));
            case "clock-step" -> new ClockStep(spec.only("at", "ms").notNegative("at", 0), spec.required("ms"));
            case "clock-drift" -> new ClockDrift(spec.only("ppm").required("ppm"));
            default -> throw spec.wrong("unknown fault '" + spec.kind() + "'");
        };
    }

    /** Whether this leaves out a card's row at a time. */
    default boolean isSilent(int card, double since) {
        if (this instanceof Dead dead) {
            return dead.card() == card && since >= dead.at();
        }
        if (this instanceof Late late) {
            return late.card() == card && since < late.until();
        }
        return this instanceof Hole hole && hole.covers(since);
    }

    /** The time that a card's power readings are of. */
    default double readAt(int card, double since) {
        return this instanceof Frozen frozen && frozen.card() == card ? Math.min(since, frozen.at()) : since;
    }

    /** By how many ms the log's clock is ahead at a time. */
    default double aheadMillis(double since) {
        if (this instanceof ClockStep step) {
            return since >= step.at() ? step.millis() : 0;
        }
        return this instanceof ClockDrift drift ? drift.ppm() * 1e-3 * since : 0;
    }
}
