package dev.wattline.campaign.local;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.job.AgentJournal;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.RunnerOutcome;
import dev.wattline.agent.setting.SensorReading;
import dev.wattline.agent.setting.SettingCommand;
import dev.wattline.campaign.engine.Machine;
import dev.wattline.campaign.plan.CampaignPlan;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.report.EstimatedTime;
import dev.wattline.model.IoErrors;
import dev.wattline.model.TimeSource;
import dev.wattline.records.index.IndexFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** This machine, by its agent. Nobody else's job is taken from {@link #recover} or {@link #finish} to {@link #close}. */
public final class LocalMachine implements Machine, AutoCloseable {
    /** A test names a file of its own, which it changes where the machine is to have been started anew. */
    private static final Path BOOT =
            Path.of(System.getProperty("wattline.test.boot", "/proc/sys/kernel/random/boot_id"));

    private static final Path UPTIME = Path.of("/proc/uptime");
    private static final Duration CLEANUP = Duration.ofSeconds(60);

    private final AgentConfig config;
    private final CampaignPlan plan;
    private final CampaignFolder folder;
    private final Path state;
    private final LocalAgent.@Nullable Loop loop;
    private final Consumer<String> console;
    private final BiConsumer<IndexFile, Path> adding;
    private volatile boolean interrupted;
    private volatile @Nullable WarmUpRun warming;
    private @Nullable AgentJournal journal;
    private volatile @Nullable LocalAgent agent;

    /**
     * @param state the folder of the agent's state
     * @param loop that starts the runner; null if none is to be started
     * @param console told of each step of the agent
     * @param adding adds a session to the index that is not in it yet
     */
    public LocalMachine(
            AgentConfig config,
            CampaignPlan plan,
            Path state,
            LocalAgent.@Nullable Loop loop,
            Consumer<String> console,
            BiConsumer<IndexFile, Path> adding) {
        this.config = config;
        this.plan = plan;
        this.folder = new CampaignFolder(config, plan);
        this.state = state;
        this.loop = loop;
        this.console = console;
        this.adding = adding;
    }

    /** Ends preparing as soon as the command that runs has ended. From any thread. */
    public void interrupt() {
        interrupted = true;
        WarmUpRun run = warming;
        if (run != null) {
            run.end();
        }
        LocalAgent now = agent;
        if (now != null) {
            now.interrupt();
        }
    }

    private LocalAgent open() {
        LocalAgent now = agent;
        if (now == null) {
            journal = AgentJournal.open(state, TimeSource.system());
            now = new LocalAgent(config, journal, state, console);
            agent = now;
            if (interrupted) {
                now.interrupt();
            }
        }
        return now;
    }

    @Override
    public void recover() {
        try {
            open().recover();
            open().requireNobodyByHand();
        } catch (AgentException e) {
            release();
            throw e;
        }
    }

    @Override
    public Map<String, String> definitions(Cell cell) {
        return Definitions.of(cell, config);
    }

    @Override
    public Duration expected(Cell cell) {
        return new EstimatedTime(config, plan, new IndexFile(config.results()).file())
                .of(cell)
                .time();
    }

    @Override
    public Duration uptime() {
        try {
            String seconds = Files.readString(UPTIME).split(" ", 2)[0];
            return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
        } catch (IOException | NumberFormatException e) {
            return Duration.ZERO; // then it is not started anew for its age
        }
    }

    @Override
    public void reboot() {
        var result = SettingCommand.run(config.reboot(), CLEANUP);
        if (result.status() != 0) {
            throw new AgentException(
                    SettingCommand.shown(config.reboot()) + " ended with status " + result.status() + ": "
                            + result.output().strip(),
                    null,
                    null);
        }
    }

    @Override
    public String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    @Override
    public double sensor(String name) {
        AgentConfig.Sensor sensor = config.sensors().get(name);
        if (sensor == null) {
            throw new AgentException("there is no sensor " + name + " any more", null, null);
        }
        return SensorReading.read(name, sensor);
    }

    @Override
    public void warmUp(Cell cell, Gate.WarmUp gate) {
        JobRequest request = gate.workload()
                .map(name -> new JobRequest(name, new TreeMap<>(), Map.of(), List.of()).complete(config))
                .orElseGet(() -> cell.request(List.of()).complete(config));
        AgentConfig.NamedWorkload workload =
                Objects.requireNonNull(config.workloads().get(request.workload()));
        Map<String, String> environment = new HashMap<>(Map.of("WATTLINE_SESSION", "", "WATTLINE_PHASE", "plain"));
        environment.putAll(request.variables());
        WarmUpRun run = new WarmUpRun(
                request.command(config), workload.folder(), folder.path().resolve("warm-up.log"), environment);
        warming = run;
        if (interrupted) {
            run.end();
        }
        try {
            run.run(gate.length());
        } finally {
            warming = null;
            if (!workload.cleanup().isEmpty()) {
                SettingCommand.run(workload.cleanup(), CLEANUP);
            }
        }
    }

    @Override
    public void prepare(Cell cell, String label) {
        LocalAgent.Loop runner = Objects.requireNonNull(loop);
        try {
            Files.createDirectories(folder.outcome(label).resolveSibling(""));
            Files.deleteIfExists(folder.outcome(label));
        } catch (IOException e) {
            throw new AgentException("cannot use " + folder.outcome(label) + ": " + IoErrors.of(e), null, e);
        }
        open().prepare(label, cell.request(options(label)).complete(config), runner);
    }

    private List<String> options(String label) {
        List<String> all =
                new ArrayList<>(List.of("--label=" + label, RunnerOutcome.OPTION + "=" + folder.outcome(label)));
        plan.limits().perPhase().ifPresent(limit -> all.add("--workload-limit=" + Math.max(1, limit.toSeconds())));
        if (plan.isInformal()) {
            all.addAll(sources());
            return all;
        }
        all.add("--wait");
        all.add("--no-report"); // this process checks it afterwards, and reports are for the end
        if (plan.kind() == CampaignPlan.Kind.PROFILE) {
            all.add("--profile");
        }
        plan.rangingSeconds().ifPresent(seconds -> all.add("--ranging-seconds=" + seconds));
        if (!plan.telemetry().isEmpty()) {
            all.add("--telemetry=" + plan.telemetry());
        }
        return all;
    }

    /** Sources that are named must be there in each session: cells are held against each other by them. */
    private List<String> sources() {
        List<String> all = new ArrayList<>(List.of(JobRequest.NO_DIRECTOR));
        AgentConfig.MachineSources known = config.sources();
        String telemetry = plan.telemetry().isEmpty() ? known.telemetry() : plan.telemetry();
        if (!telemetry.isEmpty()) {
            all.add("--telemetry=" + telemetry);
            all.add("--telemetry-required");
        }
        known.settings().ifPresent(file -> all.add("--telemetry-settings=" + file));
        known.calibration().ifPresent(file -> all.add("--calibration=" + file));
        return all;
    }

    @Override
    public List<String> finish(int status) {
        return open().finish(status);
    }

    @Override
    public Optional<Result> result(String label) {
        return SessionVerdict.of(config.results(), folder.outcome(label), plan.kind(), adding);
    }

    /** Leaves the machine to others, as between two processes, until the next {@link #recover}. */
    public void release() {
        AgentJournal held = journal;
        journal = null;
        agent = null;
        if (held != null) {
            held.close();
        }
    }

    @Override
    public void close() {
        release();
    }
}
