package dev.wattline.cli.doctor;

import dev.wattline.director.analyzer.PtdLauncher;
import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.config.ConfigException;
import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import dev.wattline.model.WattlineException;
import dev.wattline.model.process.Programs;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.sut.process.Leftovers;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Decides what to look at. */
public final class DoctorPlan {
    private static final Duration RESERVE = Duration.ofSeconds(2); // to report an analyzer's silence within the limit

    private final DoctorRequest request;
    private final Map<String, String> environment;
    private final PtdLauncher launcher;
    private final TimeSource time;
    private final SourceSettings sources;

    /** A plan without settings of sources. */
    public DoctorPlan(DoctorRequest request, Map<String, String> environment, PtdLauncher launcher, TimeSource time) {
        this(request, environment, launcher, time, SourceSettings.none());
    }

    /**
     * A plan.
     *
     * @param environment of the process, which a configuration depends on
     * @param launcher starts PTDaemons
     * @param sources the user's settings of sources of power
     */
    public DoctorPlan(
            DoctorRequest request,
            Map<String, String> environment,
            PtdLauncher launcher,
            TimeSource time,
            SourceSettings sources) {
        this.request = request;
        this.environment = Map.copyOf(environment);
        this.launcher = launcher;
        this.time = time;
        this.sources = sources;
    }

    /** The checks that the request asks for, in the order of the report. */
    public List<DoctorCheck> checks() {
        List<DoctorCheck> checks = new ArrayList<>();
        request.configuration().ifPresent(file -> director(file, checks));
        if (request.isMeasuredMachine()) {
            measured(checks);
        }
        machine(checks);
        return checks;
    }

    private void director(Path file, List<DoctorCheck> checks) {
        DirectorConfig.Loaded loaded;
        try {
            loaded = DirectorConfig.load(file, false, environment);
        } catch (ConfigException e) {
            checks.add(new FailedCheck(ConfigFileCheck.NAME, e));
            return;
        }
        DirectorConfig config = loaded.config();
        Once<Presence> presence = new Once<>(() -> Presence.find(config, time));
        checks.add(new ConfigFileCheck(loaded));
        checks.add(new ControlPortCheck(presence));
        checks.add(new PtdBinaryCheck(config.ptd()));
        config.analyzers().forEach(analyzer -> analyzer(analyzer, config, presence, checks));
        checks.add(ntp("director's NTP server", config.ntpServer()));
        Path results = config.settings().resultsDir();
        checks.add(new OpenRestoresCheck(results, presence));
        checks.add(new FolderCheck(
                "results folder",
                results,
                FolderCheck.Missing.ALL,
                "Set resultsDir in section [wattline] of the configuration to a folder that can be written."));
        checks.add(new DiskSpaceCheck(
                "results space", results, SpaceNeeded.onDirector(config.analyzers(), request.expected())));
    }

    private void analyzer(
            AnalyzerConfig analyzer, DirectorConfig config, Once<Presence> presence, List<DoctorCheck> checks) {
        Once<PtdPort> port = new Once<>(() -> PtdPort.look(analyzer.networkPort()));
        AnalyzerProbe probe = new AnalyzerProbe(
                analyzer, config, launcher, presence, port, request.limit().minus(RESERVE), time);
        checks.add(new DeviceTypeCheck(analyzer));
        checks.add(new PtdPortCheck(analyzer.number(), port, presence));
        checks.add(new AnalyzerCheck(probe));
        checks.add(new PtdVersionCheck(probe));
    }

    private void measured(List<DoctorCheck> checks) {
        request.director().ifPresent(director -> checks.add(new DirectorClockCheck(director, time)));
        request.ntp().ifPresent(server -> checks.add(ntp("NTP server", server)));
        request.workload().ifPresent(workload -> checks.add(new WorkloadCheck(workload)));
        request.loadgenLogs().ifPresent(logs -> checks.add(new LoadgenFolderCheck(logs, request.output())));
        request.output().ifPresent(output -> {
            checks.add(new FolderCheck(
                    "output folder",
                    output,
                    FolderCheck.Missing.LAST,
                    "Choose another with -o, or change its permissions."));
            checks.add(new DiskSpaceCheck("output space", output, SpaceNeeded.onRunner(request.expected())));
        });
        checks.add(GovernorCheck.ofThisMachine());
        checks.add(NvidiaSmiCheck.ofThisMachine());
        checks.addAll(SourceCheck.all(sources, time));
        checks.add(new LeftoversCheck(Leftovers::find));
    }

    private void machine(List<DoctorCheck> checks) {
        boolean measured = request.isMeasuredMachine();
        checks.add(measured ? LoadCheck.ofMeasuredMachine() : LoadCheck.ofDirector());
        checks.add(SwapCheck.ofThisMachine());
        checks.add(ThermalCheck.ofThisMachine());
        if (!Programs.isWindows()) {
            List<String> needed = measured ? List.of("sh", "sleep") : List.of();
            checks.add(new GuardProgramsCheck(needed, Programs::find));
        }
        checks.add(JavaCheck.ofThisProcess());
    }

    private NtpCheck ntp(String name, HostPort server) {
        return new NtpCheck(name, () -> NtpClient.withDefaults(time).measure(server));
    }

    /** A check whose failure was met while the checks were put together. */
    private record FailedCheck(String name, WattlineException failure) implements DoctorCheck {
        @Override
        public CheckOutcome run() {
            return CheckOutcome.fail(failure);
        }
    }
}
