package dev.wattline.mock.scenario;

import java.time.Duration;
import java.util.Locale;

/** What happens when a fault occurs. */
public sealed interface FaultAction {

    /** Does it. */
    void applyTo(FaultTarget target);

    /** Whether it makes sense on this occasion. */
    default boolean possibleAt(Trigger when) {
        return !(when instanceof Trigger.Start);
    }

    /** Its name in a scenario file. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * The connection ends; a command that was its occasion is not executed.
     *
     * @param reset by a TCP reset, which throws away what is on its way
     */
    record Drop(boolean reset) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.drop(reset);
        }
    }

    /** A command is executed so much later, or the start takes so much longer. */
    record Delay(Duration by) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.delay(by);
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return when instanceof Trigger.OnCommand || when instanceof Trigger.Start;
        }
    }

    /** A command is not executed but answered with this text: an error, or garbage. */
    record Answer(String text) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.answer(text);
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return when instanceof Trigger.OnCommand;
        }
    }

    /** No command is answered any more, but samples go on; at the start: it never listens. */
    record Hang() implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.hang();
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return true;
        }
    }

    /** Nothing is done for so long. The samples of this time are missed. */
    record Freeze(Duration time) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.freeze(time);
        }
    }

    /** So many bytes without a line end, about 4 MB a second; a command that was its occasion is not executed. */
    record Flood(long bytes) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.flood(bytes);
        }
    }

    /** An {@code RL} announces so many samples more than it sends. */
    record Announce(int more) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.announce(more);
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return when instanceof Trigger.OnCommand;
        }
    }

    /** The process ends with this status. */
    record Exit(int status) implements FaultAction {
        public Exit {
            if (status < 0 || status > 255) {
                throw new IllegalArgumentException("status: expected 0 to 255, got " + status);
            }
        }

        @Override
        public void applyTo(FaultTarget target) {
            target.exit(status);
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return true;
        }
    }

    /**
     * A stamped line on standard output.
     *
     * @param glued without its end, so that the next line is glued to it, as PTDaemon does with some of its own
     */
    record Print(String text, boolean glued) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.print(text, glued);
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return true;
        }
    }

    /** The wall clock of the mock's machine is set: all time stamps from now on are shifted. */
    record Clock(Duration by) implements FaultAction {
        @Override
        public void applyTo(FaultTarget target) {
            target.shiftClock(by);
        }

        @Override
        public boolean possibleAt(Trigger when) {
            return true;
        }
    }

    /** How samples are disturbed. */
    enum Disturbance {
        /** A read error: -1 in all fields, {@code Bad watts reading nan} on standard output. */
        NAN,
        /** Outside the range's window: watts and amps encoded, {@code Current exceeds peak value}. */
        OVERRANGE,
        /** An uncertainty of so many percent. */
        UNCERTAINTY,
        /** A late read, and one row of -2 for each missed tick. */
        MISSED,
        /** Taken, but neither logged nor counted. */
        LOST,
        /** Its row twice, with the same time stamp. */
        DUPLICATED,
        /** Its row behind the next one's. */
        SWAPPED;

        /** Its name in a scenario file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Samples are disturbed.
     *
     * @param samples how many
     * @param percent uncertainty in percent; of no meaning to the others
     */
    record Disturb(Disturbance kind, int samples, double percent) implements FaultAction {
        public Disturb {
            if (samples < 1) {
                throw new IllegalArgumentException("samples: expected 1 or more, got " + samples);
            }
        }

        public Disturb(Disturbance kind, int samples) {
            this(kind, samples, 0);
        }

        @Override
        public void applyTo(FaultTarget target) {
            target.disturb(this);
        }

        @Override
        public String word() {
            return kind.word();
        }
    }
}
