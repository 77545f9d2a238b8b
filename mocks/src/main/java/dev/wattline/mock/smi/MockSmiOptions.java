package dev.wattline.mock.smi;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.model.TimeSource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a mock nvidia-smi pretends to see, and what goes wrong with it. Made by {@link #builder()}. */
public final class MockSmiOptions {
    private final Builder values;
    private final Optional<PollMarks> polls;

    private MockSmiOptions(Builder values) {
        this.values = values;
        this.polls = values.awakeFile.map(file -> new PollMarks(values.awakeWatts, file, start()));
    }

    /** Options to be set; each has a default. */
    public static Builder builder() {
        return new Builder();
    }

    CardModel model() {
        return values.model;
    }

    int cards() {
        return values.cards;
    }

    SignalModel wall() {
        return values.wall;
    }

    /** The cards' parts of their power, as many as there are cards, which add up to 1. */
    double[] shares() {
        if (values.shares.length == 0) {
            double[] equal = new double[values.cards];
            Arrays.fill(equal, 1.0 / values.cards);
            return equal;
        }
        double sum = Arrays.stream(values.shares).sum();
        return Arrays.stream(values.shares).map(share -> share / sum).toArray();
    }

    double otherWatts() {
        return values.otherWatts;
    }

    double efficiency() {
        return values.efficiency;
    }

    long seed() {
        return values.seed;
    }

    /** Whether the signal has a beginning of its own. */
    boolean hasStart() {
        return values.start.isPresent();
    }

    /** What a card's energy counter is like. */
    CounterSpec counter(int card) {
        CounterSpec found = CounterSpec.SOUND;
        for (CounterSpec spec : values.counters) {
            found = spec.isOf(card) ? spec : found;
        }
        return found;
    }

    /** When the cards were polled; empty where that does not matter to them. */
    Optional<PollMarks> polls() {
        return polls;
    }

    Instant start() {
        return values.start.orElseGet(values.time::now);
    }

    OptionalDouble gain() {
        return values.gain;
    }

    OptionalDouble offset() {
        return values.offset;
    }

    OptionalDouble periodMillis() {
        return values.periodMillis;
    }

    OptionalDouble windowMillis() {
        return values.windowMillis;
    }

    double delayMillis() {
        return values.delayMillis;
    }

    /** What a superchip's processor and memory draw beside its GPU, in W; empty for a card that is no module. */
    OptionalDouble moduleWatts() {
        return values.moduleWatts;
    }

    String driver() {
        return values.driver;
    }

    double refusals() {
        return values.refusals;
    }

    double stalls() {
        return values.stalls;
    }

    long stallMillis() {
        return values.stallMillis;
    }

    boolean stuck() {
        return values.stuck;
    }

    List<SmiFault> faults() {
        return values.faults;
    }

    TimeSource time() {
        return values.time;
    }

    ZoneId zone() {
        return values.zone;
    }

    /** See {@link MockSmiOptions}. For one thread. */
    public static final class Builder {
        private CardModel model = CardModel.H100;
        private int cards = 1;
        private SignalModel wall = new ConstantSignal(300);
        private double[] shares = {};
        private double otherWatts = 60;
        private double efficiency = 0.94;
        private long seed = 1;
        private Optional<Instant> start = Optional.empty();
        private OptionalDouble gain = OptionalDouble.empty();
        private OptionalDouble offset = OptionalDouble.empty();
        private OptionalDouble periodMillis = OptionalDouble.empty();
        private OptionalDouble windowMillis = OptionalDouble.empty();
        private double delayMillis;
        private OptionalDouble moduleWatts = OptionalDouble.empty();
        private String driver = "550.54.15-mock";
        private double refusals;
        private double stalls;
        private long stallMillis;
        private boolean stuck;
        private List<SmiFault> faults = List.of();
        private List<CounterSpec> counters = List.of();
        private double awakeWatts;
        private Optional<Path> awakeFile = Optional.empty();
        private TimeSource time = TimeSource.system();
        private ZoneId zone = ZoneId.systemDefault();

        private Builder() {}

        /** The cards' model, {@link CardModel#H100} by default. */
        public Builder model(CardModel value) {
            model = value;
            return this;
        }

        /** What processor and memory of each module draw, in W, which makes the cards those of superchips. */
        public Builder moduleWatts(double value) {
            if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
                throw new InvalidOptionException("expected W of 0 or more beside the GPU, got " + value, null);
            }
            moduleWatts = OptionalDouble.of(value);
            return this;
        }

        /** Number of cards, 1 to 64. */
        public Builder cards(int value) {
            require(value >= 1 && value <= 64, "the number of cards must be 1 to 64, got " + value);
            cards = value;
            return this;
        }

        /** Power at the wall of the whole system, the signal that a mock PTDaemon measures; 300 W by default. */
        public Builder wall(SignalModel value) {
            wall = value;
            return this;
        }

        /** How the cards' power is divided among them, a weight each; evenly by default. */
        public Builder shares(double... value) {
            require(
                    Arrays.stream(value).allMatch(share -> share > 0 && Double.isFinite(share)),
                    "the shares must be above 0, got " + Arrays.toString(value));
            shares = value.clone();
            return this;
        }

        /** Power at the wall of all but the cards in W; 60 by default. */
        public Builder otherWatts(double value) {
            require(value >= 0 && Double.isFinite(value), "the other watts must be 0 or more, got " + value);
            otherWatts = value;
            return this;
        }

        /** Efficiency of the power supply, above 0 up to 1; 0.94 by default. */
        public Builder efficiency(double value) {
            require(value > 0 && value <= 1, "the efficiency must lie above 0 and up to 1, got " + value);
            efficiency = value;
            return this;
        }

        /** Seed of identities, sensor errors and faults; 1 by default. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** When the signal began, so that several instruments see the same; when this starts, by default. */
        public Builder start(Instant value) {
            start = Optional.of(value);
            return this;
        }

        /** Every card's gain; drawn from real cards' spread by default. */
        public Builder gain(double value) {
            require(value > 0 && Double.isFinite(value), "the gain must be above 0, got " + value);
            gain = OptionalDouble.of(value);
            return this;
        }

        /** Every card's offset in W; drawn from real cards' spread by default. */
        public Builder offset(double value) {
            require(Double.isFinite(value), "the offset must be a number of watts, got " + value);
            offset = OptionalDouble.of(value);
            return this;
        }

        /** The sensors' update period in ms; the model's by default. */
        public Builder periodMillis(double value) {
            require(value > 0 && Double.isFinite(value), "the period must be above 0 ms, got " + value);
            periodMillis = OptionalDouble.of(value);
            return this;
        }

        /** The sensors' window in ms, of the average too; the model's by default. */
        public Builder windowMillis(double value) {
            require(value > 0 && Double.isFinite(value), "the window must be above 0 ms, got " + value);
            windowMillis = OptionalDouble.of(value);
            return this;
        }

        /** The sensors' delay in ms; none by default. */
        public Builder delayMillis(double value) {
            require(value >= 0 && Double.isFinite(value), "the delay must be 0 ms or more, got " + value);
            delayMillis = value;
            return this;
        }

        /** The driver's version. */
        public Builder driver(String value) {
            driver = value;
            return this;
        }

        /** Share of power cells without a number, 0 to 1; none by default. */
        public Builder refusals(double value) {
            require(value >= 0 && value <= 1, "the share of refusals must be 0 to 1, got " + value);
            refusals = value;
            return this;
        }

        /** Share of rounds that come late, 0 to 1, and by how many ms; none by default. */
        public Builder stalls(double share, long millis) {
            require(share >= 0 && share <= 1 && millis >= 0, "stalls: expected a share of 0 to 1 and ms of 0 or more");
            stalls = share;
            stallMillis = millis;
            return this;
        }

        /** Whether the sensors stand still at one value. */
        public Builder stuck(boolean value) {
            stuck = value;
            return this;
        }

        /** What else goes wrong with the log; nothing by default. */
        public Builder faults(List<SmiFault> value) {
            faults = List.copyOf(value);
            return this;
        }

        /** What is wrong with the cards' energy counters, a later one before an earlier; nothing by default. */
        public Builder counters(List<CounterSpec> value) {
            counters = List.copyOf(value);
            return this;
        }

        /** What a card draws more in W for 2 s after each poll, and the file that tells of polls; nothing by default. */
        public Builder awake(double watts, Path file) {
            require(watts >= 0 && Double.isFinite(watts), "awake: expected W of 0 or more, got " + watts);
            awakeWatts = watts;
            awakeFile = Optional.of(file);
            return this;
        }

        /** The clocks; this machine's by default. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** The zone of the log's times; this machine's by default. */
        public Builder zone(ZoneId value) {
            zone = value;
            return this;
        }

        /** The options as set. */
        public MockSmiOptions build() {
            require(
                    shares.length == 0 || shares.length == cards,
                    shares.length + " shares were given for " + cards + " cards");
            for (CounterSpec counter : counters) {
                require(
                        counter.card().orElse(0) < cards,
                        "counter: there is no card " + counter.card().orElse(0) + " among " + cards);
                require(
                        counter.scope() != CounterSpec.Scope.MODULE || moduleWatts.isPresent(),
                        "counter: one of the module needs --module-watts");
            }
            require(
                    awakeFile.isEmpty() || start.isPresent(),
                    "cards that polling keeps awake need --signal-start, which all calls share");
            return new MockSmiOptions(copy());
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.model = model;
            copy.cards = cards;
            copy.wall = wall;
            copy.shares = shares;
            copy.otherWatts = otherWatts;
            copy.efficiency = efficiency;
            copy.seed = seed;
            copy.start = start;
            copy.gain = gain;
            copy.offset = offset;
            copy.periodMillis = periodMillis;
            copy.windowMillis = windowMillis;
            copy.delayMillis = delayMillis;
            copy.moduleWatts = moduleWatts;
            copy.driver = driver;
            copy.refusals = refusals;
            copy.stalls = stalls;
            copy.stallMillis = stallMillis;
            copy.stuck = stuck;
            copy.faults = faults;
            copy.counters = counters;
            copy.awakeWatts = awakeWatts;
            copy.awakeFile = awakeFile;
            copy.time = time;
            copy.zone = zone;
            return copy;
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new InvalidOptionException(message, null);
            }
        }
    }
}
