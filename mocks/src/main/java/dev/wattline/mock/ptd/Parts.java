package dev.wattline.mock.ptd;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.MockException;
import dev.wattline.mock.signal.ShiftedSignal;
import dev.wattline.mock.signal.SignalModel;
import dev.wattline.model.TimeSource;
import java.time.Duration;
import java.util.Optional;

/**
 * What a mock is made of, put together from its options. Nothing in it has a thread; a test drives the daemon by a clock
 * of its own.
 */
record Parts(
        DeviceProfile profile,
        StdoutLog stdout,
        StartupLines startup,
        Instrument instrument,
        Daemon daemon,
        Optional<PtdLogFile> dataLog)
        implements AutoCloseable {

    /**
     * @throws InvalidOptionException if options contradict each other or the device
     * @throws MockException if a file cannot be used
     */
    static Parts of(MockPtdOptions options, FaultEffects effects, FaultPlan plan) {
        PtdArguments arguments = options.arguments;
        DeviceProfile profile = DeviceProfile.of(arguments.type());
        int channels = Channels.measured(profile, arguments.channels());
        boolean dc = arguments.dc() || profile.type().dc();
        StdoutLog stdout = new StdoutLog(options.stdout, options.zone, options.windowsText);
        Identity identity = new Identity(profile, channels);
        StartupLines startup = new StartupLines(arguments, profile, identity, channels, stdout);
        Instrument instrument =
                Instrument.open(profile.type(), channels, options.stateFile, options.initialAmps, options.initialVolts);
        SampleSource source = source(options, signal(options, effects), profile, instrument, dc);
        Optional<PtdLogFile> dataLog = arguments.log().map(file -> PtdLogFile.open(file, options.windowsText));
        SampleRecorder recorder = new SampleRecorder(profile, instrument, stdout, dataLog, arguments.extendedLog());
        Meter meter = new Meter(options.speed, profile.readLatency(), source, recorder, plan, effects);
        RangeCommands ranges = new RangeCommands(profile, instrument, meter, options.realTiming);
        MeasurementCommands measurement = new MeasurementCommands(profile, meter, recorder, dc, options.speed);
        Commands commands = new Commands(identity, meter, recorder, ranges, measurement);
        Daemon daemon = new Daemon(commands, meter, stdout, plan, effects);
        return new Parts(profile, stdout, startup, instrument, daemon, dataLog);
    }

    /** The signal in seconds since now, which is the meter's origin of time. */
    private static SignalModel signal(MockPtdOptions options, TimeSource time) {
        if (options.signalStart.isEmpty()) {
            return options.signal;
        }
        Duration running = Duration.between(options.signalStart.get(), time.now());
        return new ShiftedSignal(options.signal, running.getSeconds() + running.getNano() / 1e9);
    }

    private static SampleSource source(
            MockPtdOptions options, SignalModel signal, DeviceProfile profile, Instrument instrument, boolean dc) {
        if (options.playback.isPresent()) {
            Playback playback = options.playback.get();
            RecordedRows ranging =
                    RecordedRows.read(playback.ranging(), playback.analyzer()).of(profile);
            RecordedRows testing = playback.testing().equals(playback.ranging())
                    ? ranging
                    : RecordedRows.read(playback.testing(), playback.analyzer()).of(profile);
            return new PlaybackSource(ranging, testing, instrument);
        }
        SignalSource.Supply supply =
                new SignalSource.Supply(options.supplyVolts, dc, dc ? 1 : options.loadCrest, options.nanOnRangeSwitch);
        return new SignalSource(signal, instrument, supply, profile.rowChannels(), options.seed);
    }

    @Override
    public void close() {
        dataLog.ifPresent(PtdLogFile::close);
    }
}
