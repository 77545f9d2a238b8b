package dev.wattline.ptd;

/** An argument of {@code RL} that may be left out, be a number from 1, or be {@code *} for all. */
public sealed interface Selector {
    /** The argument is left out. */
    Selector UNSPECIFIED = Special.UNSPECIFIED;

    /** All of them, {@code *}. */
    Selector ALL = Special.ALL;

    /** The argument with the comma before it, or nothing. */
    String wireSuffix();

    /** So many samples, or the channel of this number. */
    static Selector of(int number) {
        return new Numbered(number);
    }

    /** See {@link #UNSPECIFIED} and {@link #ALL}. */
    enum Special implements Selector {
        UNSPECIFIED(""),
        ALL(",*");

        private final String wireSuffix;

        Special(String wireSuffix) {
            this.wireSuffix = wireSuffix;
        }

        @Override
        public String wireSuffix() {
            return wireSuffix;
        }
    }

    /** See {@link #of}. */
    record Numbered(int value) implements Selector {
        public Numbered {
            if (value < 1) {
                throw new IllegalArgumentException("expected a number from 1, got " + value);
            }
        }

        @Override
        public String wireSuffix() {
            return "," + value;
        }
    }
}
