package dev.wattline.bench.spine;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a figure has to be. */
sealed interface Target {

    /** Nothing: the figure is for reading. */
    record None() implements Target {
        @Override
        public String text() {
            return "";
        }

        @Override
        public Optional<Boolean> met(double ours, OptionalDouble reference) {
            return Optional.empty();
        }
    }

    /** Our own figure is at most this. */
    record AtMost(double limit) implements Target {
        @Override
        public String text() {
            return "<= " + plain(limit);
        }

        @Override
        public Optional<Boolean> met(double ours, OptionalDouble reference) {
            return Optional.of(ours <= limit);
        }
    }

    /** Our own figure is below this. */
    record Below(double limit) implements Target {
        @Override
        public String text() {
            return "< " + plain(limit);
        }

        @Override
        public Optional<Boolean> met(double ours, OptionalDouble reference) {
            return Optional.of(ours < limit);
        }
    }

    /** The reference's is so many times ours; open where there is no reference. */
    record TimesLess(double factor) implements Target {
        @Override
        public String text() {
            return "reference / " + plain(factor);
        }

        @Override
        public Optional<Boolean> met(double ours, OptionalDouble reference) {
            return reference.isEmpty() ? Optional.empty() : Optional.of(ours * factor <= reference.getAsDouble());
        }
    }

    /** Ours is so many times the reference's; open where there is no reference. */
    record TimesMore(double factor) implements Target {
        @Override
        public String text() {
            return "reference x " + plain(factor);
        }

        @Override
        public Optional<Boolean> met(double ours, OptionalDouble reference) {
            return reference.isEmpty() ? Optional.empty() : Optional.of(ours >= reference.getAsDouble() * factor);
        }
    }

    /** In the table. */
    String text();

    /** Whether it is met; empty if that cannot be said. */
    Optional<Boolean> met(double ours, OptionalDouble reference);

    private static String plain(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%s", number);
    }
}
