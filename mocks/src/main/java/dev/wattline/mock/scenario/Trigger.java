package dev.wattline.mock.scenario;

import java.time.Duration;

/** The occasion of a fault. */
public sealed interface Trigger {

    /** The occasion in words, for messages: "at a command", say. */
    String phrase();

    /**
     * While the mock starts.
     *
     * @param nth only at this start of a mock with the same state file, from 1; 0 for every start
     */
    record Start(int nth) implements Trigger {
        public Start {
            notNegative("start", nth);
        }

        @Override
        public String phrase() {
            return "at the start";
        }
    }

    /** Once, so long after the mock began to listen. */
    record After(Duration time) implements Trigger {
        public After {
            notNegative("after", time.toMillis());
        }

        @Override
        public String phrase() {
            return "at a time";
        }
    }

    /**
     * At a command.
     *
     * @param command the line or its beginning up to a comma: {@code Go}, {@code SR,V}; {@code *} for any
     * @param nth only at this one of them, from 1; 0 for each
     */
    record OnCommand(String command, int nth) implements Trigger {
        public OnCommand {
            notNegative("nth", nth);
            if (command.isEmpty()) {
                throw new IllegalArgumentException("command: expected a command or *");
            }
        }

        /** Whether a line is such a command. */
        public boolean matches(String line) {
            return command.equals("*") || line.equals(command) || line.startsWith(command + ",");
        }

        @Override
        public String phrase() {
            return "at a command";
        }
    }

    /**
     * Once, at a sample.
     *
     * @param nth the sample within its measurement, from 1
     * @param measurement the measurement since the start, from 1; 0 for the first that has so many samples
     */
    record OnSample(long nth, int measurement) implements Trigger {
        public OnSample {
            notNegative("measurement", measurement);
            if (nth < 1) {
                throw new IllegalArgumentException("sample: expected 1 or more, got " + nth);
            }
        }

        @Override
        public String phrase() {
            return "at a sample";
        }
    }

    private static void notNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + ": expected 0 or more, got " + value);
        }
    }
}
