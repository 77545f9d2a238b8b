package dev.wattline.mock.ptd;

import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.signal.ConstantSignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.TimeSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/** All that can be chosen about a mock PTDaemon. Immutable; made by {@link #builder}. */
public final class MockPtdOptions {
    /** Start-up time unless chosen otherwise. */
    public static final Duration QUICK_START = Duration.ofMillis(500);

    final PtdArguments arguments;
    final SignalModel signal;
    final Optional<Instant> signalStart;
    final Duration startDelay;
    final boolean realTiming;
    final double speed;
    final double supplyVolts;
    final double loadCrest;
    final long seed;
    final Optional<Path> stateFile;
    final RangeSetting initialVolts;
    final RangeSetting initialAmps;
    final boolean nanOnRangeSwitch;
    final boolean windowsText;
    final Optional<Playback> playback;
    final FaultScenario scenario;
    final OutputStream stdout;
    final TimeSource time;
    final ZoneId zone;

    private MockPtdOptions(Builder builder) {
        arguments = builder.arguments;
        signal = builder.signal;
        signalStart = builder.signalStart;
        startDelay = builder.startDelay;
        realTiming = builder.realTiming;
        speed = builder.speed;
        supplyVolts = builder.supplyVolts;
        loadCrest = builder.loadCrest;
        seed = builder.seed;
        stateFile = builder.stateFile;
        initialVolts = builder.initialVolts;
        initialAmps = builder.initialAmps;
        nanOnRangeSwitch = builder.nanOnRangeSwitch;
        windowsText = builder.windowsText;
        playback = builder.playback;
        scenario = builder.scenario;
        stdout = builder.stdout;
        time = builder.time;
        zone = builder.zone;
    }

    /** Options with their defaults for this command line: 200 W, quick start, this process's standard output. */
    public static Builder builder(PtdArguments arguments) {
        return new Builder(arguments);
    }

    /** Collects options. Not for use by several threads. */
    public static final class Builder {
        private final PtdArguments arguments;
        private SignalModel signal = new ConstantSignal(200);
        private Optional<Instant> signalStart = Optional.empty();
        private Duration startDelay = QUICK_START;
        private boolean realTiming;
        private double speed = 1;
        private double supplyVolts = 230;
        private double loadCrest = 1.8;
        private long seed = 1;
        private Optional<Path> stateFile = Optional.empty();
        private RangeSetting initialVolts = RangeSetting.of(300);
        private RangeSetting initialAmps = RangeSetting.of(5);
        private boolean nanOnRangeSwitch;
        private boolean windowsText;
        private Optional<Playback> playback = Optional.empty();
        private FaultScenario scenario = FaultScenario.none();
        private OutputStream stdout = new FileOutputStream(FileDescriptor.out);
        private TimeSource time = TimeSource.system();
        private ZoneId zone = ZoneId.systemDefault();

        private Builder(PtdArguments arguments) {
            this.arguments = Objects.requireNonNull(arguments);
        }

        /** What is measured; 200 W by default. */
        public Builder signal(SignalModel value) {
            signal = value;
            return this;
        }

        /** When the signal began, so that several instruments see the same; when this starts, by default. */
        public Builder signalStart(Instant value) {
            signalStart = Optional.of(value);
            return this;
        }

        /** From the start to the listener; {@link #QUICK_START} by default. */
        public Builder startDelay(Duration value) {
            startDelay = value;
            return this;
        }

        /** The device's measured times for start-up and range changes, instead of the start delay and none. */
        public Builder realTiming(boolean value) {
            realTiming = value;
            return this;
        }

        /**
         * Divides every interval of a measurement, {@code Go}'s 1000 ms included; 1 by default.
         *
         * @throws IllegalArgumentException if it is not above 0
         */
        public Builder speed(double value) {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("expected a speed above 0, got " + value);
            }
            speed = value;
            return this;
        }

        /** Nominal supply voltage in V; 230 by default. */
        public Builder supplyVolts(double value) {
            supplyVolts = value;
            return this;
        }

        /** Peak over effective value of the load's current; 1.8 by default. */
        public Builder loadCrest(double value) {
            loadCrest = value;
            return this;
        }

        /** Seed of all that is random in the readings; 1 by default. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Where the instrument's ranges outlive this mock. */
        public Builder stateFile(Path value) {
            stateFile = Optional.of(value);
            return this;
        }

        /** Voltage range of an instrument without a past; 300 V by default. */
        public Builder initialVolts(RangeSetting value) {
            initialVolts = value;
            return this;
        }

        /** Current range of an instrument without a past; 5 A by default. */
        public Builder initialAmps(RangeSetting value) {
            initialAmps = value;
            return this;
        }

        /** Whether a reading fails when automatic ranging changes the range; off by default. */
        public Builder nanOnRangeSwitch(boolean value) {
            nanOnRangeSwitch = value;
            return this;
        }

        /** Whether lines end as they do on Windows, CR LF, and CR CR LF behind an echoed reply; off by default. */
        public Builder windowsText(boolean value) {
            windowsText = value;
            return this;
        }

        /** Recordings to be measured instead of the signal. */
        public Builder playback(Playback value) {
            playback = Optional.of(value);
            return this;
        }

        /** What goes wrong; nothing by default. */
        public Builder scenario(FaultScenario value) {
            scenario = value;
            return this;
        }

        /** Where PTDaemon's standard output goes; it is never closed. This process's own by default. */
        public Builder stdout(OutputStream value) {
            stdout = value;
            return this;
        }

        /** The clocks; this machine's by default. */
        public Builder time(TimeSource value) {
            time = value;
            return this;
        }

        /** Zone of all time stamps; the process's by default, which is UTC where {@code TZ=UTC} is set. */
        public Builder zone(ZoneId value) {
            zone = value;
            return this;
        }

        public MockPtdOptions build() {
            return new MockPtdOptions(this);
        }
    }
}
