package dev.wattline.agent.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which values a parameter or a setting may have. */
public sealed interface AllowedValues {
    /** The longest value. */
    int LONGEST = 256;

    /** Why the value is not allowed; empty if it is. */
    default Optional<String> refuse(String value) {
        if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("expected at most " + LONGEST + " characters, none of them a control character");
        }
        return holds(value) ? Optional.empty() : Optional.of("expected " + describe() + ", got '" + value + "'");
    }

    /** Whether a value without control characters is one of them. */
    boolean holds(String value);

    /** What is expected, for messages. */
    String describe();

    /** One of a list. */
    record Listed(List<String> values) implements AllowedValues {
        public Listed {
            values = List.copyOf(values);
        }

        @Override
        public boolean holds(String value) {
            return values.contains(value);
        }

        @Override
        public String describe() {
            return "one of " + String.join(", ", values);
        }
    }

    /** A whole number, both ends included. */
    record Range(long least, long greatest) implements AllowedValues {
        @Override
        public boolean holds(String value) {
            if (!value.matches("0|-?[1-9][0-9]{0,17}")) {
                return false;
            }
            long number = Long.parseLong(value);
            return number >= least && number <= greatest;
        }

        @Override
        public String describe() {
            return "a whole number from " + least + " to " + greatest;
        }
    }

    /** What a regular expression matches from end to end. */
    record Matching(Pattern pattern) implements AllowedValues {
        @Override
        public boolean holds(String value) {
            return pattern.matcher(value).matches();
        }

        @Override
        public String describe() {
            return "what matches " + pattern.pattern();
        }
    }
}
