package dev.wattline.model;

/** What an {@code SR} command sets: the analyzer's own choice, or a value that its range must cover. */
public sealed interface RangeSetting {

    /** The argument as it goes over the wire. */
    String wireText();

    /** Automatic ranging. */
    static RangeSetting auto() {
        return Auto.INSTANCE;
    }

    /** The smallest range that covers this many volts or amps. */
    static RangeSetting of(double value) {
        return new Fixed(Double.toString(value), value);
    }

    /**
     * A value whose text must reach the wire unchanged, because the official checker compares texts ({@code 0.500000}).
     *
     * @throws IllegalArgumentException if the text is no positive finite number
     */
    static RangeSetting ofText(String text) {
        try {
            return new Fixed(text, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a range in V or A, got '" + text + "'", e);
        }
    }

    /** See {@link #auto()}. */
    enum Auto implements RangeSetting {
        INSTANCE;

        @Override
        public String wireText() {
            return "Auto";
        }

        @Override
        public String toString() {
            return wireText();
        }
    }

    /** A value in V or A, with the text it is sent as. */
    record Fixed(String wireText, double value) implements RangeSetting {
        public Fixed {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("expected a range above 0, got '" + wireText + "'");
            }
        }

        @Override
        public String toString() {
            return wireText;
        }
    }
}
