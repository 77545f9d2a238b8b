package dev.wattline.cli.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.agent.job.LocalAgent;
import dev.wattline.agent.job.LoopProcess;
import dev.wattline.agent.lab.LabAgent;
import dev.wattline.agent.setting.SettingCommand;
import dev.wattline.cli.options.AccessOptions;
import dev.wattline.cli.options.UsageException;
import dev.wattline.cli.terminal.SignalHook;
import dev.wattline.protocol.ControlProtocol;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.TlsMaterial;
import dev.wattline.protocol.client.LabConnection;
import dev.wattline.protocol.client.LabConnection.NamedToken;
import dev.wattline.protocol.lab.LabProtocol.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the launcher's loop of agent and runner tells, for the commands that work in it. */
public final class AgentLoop {
    /** Tells the launcher's loop that the runner has its turn. */
    public static final int HANDED_OVER = 75;

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long WIND_UP_SECONDS = 60;
    private static final String STATE = "wattline.agent.state";
    private static final String LOOP = "wattline.loop";
    private static final String RAN = "wattline.run.status";
    private static final String GOES_ON = "wattline.run.next";
    private static final Duration TELLING = Duration.ofSeconds(10);

    private AgentLoop() {}

    /** The configuration; what is wrong with it is a usage error. */
    public static AgentConfig config(Path file) {
        return config(() -> AgentConfigReader.read(file));
    }

    /** The configuration for measurements without director; what is wrong with it is a usage error. */
    public static AgentConfig informalConfig(Path file) {
        return config(() -> AgentConfigReader.readInformal(file));
    }

    private static AgentConfig config(Supplier<AgentConfig> reader) {
        try {
            return reader.get();
        } catch (AgentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e.remedy().orElse(null));
        }
    }

    /** The folder of the agent's state. */
    public static Path state() {
        String state = System.getProperty(STATE);
        if (state == null) {
            throw new UsageException(
                    "there is no folder for the agent's state", "Start it by the launcher 'wattline'.");
        }
        return Path.of(state);
    }

    /** How the runner ended, in the loop's second turn; empty in the first. */
    public static OptionalInt ran() {
        Integer ran = Integer.getInteger(RAN);
        return ran == null ? OptionalInt.empty() : OptionalInt.of(ran);
    }

    /**
     * The loop that waits for this process.
     *
     * @throws AgentException if there is none
     */
    public static LocalAgent.Loop find() {
        return present()
                .orElseThrow(() -> new AgentException(
                        "there is no loop to start the runner after this agent",
                        "Start it by the launcher 'wattline', on Linux.",
                        null));
    }

    /** The loop that waits for this process; empty if there is none. */
    public static Optional<LocalAgent.Loop> present() {
        Long pid = Long.getLong(LOOP);
        Optional<Long> began = pid == null ? Optional.empty() : LoopProcess.startTicks(pid);
        boolean parent = ProcessHandle.current()
                .parent()
                .map(ProcessHandle::pid)
                .filter(id -> id.equals(pid))
                .isPresent();
        return pid == null || began.isEmpty() || !parent
                ? Optional.empty()
                : Optional.of(new LocalAgent.Loop(pid, began.get()));
    }

    /** Whether the loop has this process go on with the next job, once it has restored what the last one had set. */
    public static boolean goesOn() {
        return Boolean.getBoolean(GOES_ON);
    }

    /**
     * Tells the loop that what was set is restored: from now on it passes signals on to this process, also one that came
     * meanwhile. So this process must be {@link #interruptible} when it says so.
     *
     * @return false if it cannot be told; then this process ends, and the loop starts the next
     */
    public static boolean tellRestored() {
        Optional<LocalAgent.Loop> loop = present();
        try {
            return loop.isPresent()
                    && SettingCommand.run(
                                            List.of(
                                                    "/bin/sh",
                                                    "-c",
                                                    "kill -USR1 " + loop.get().pid()),
                                            TELLING)
                                    .status()
                            == 0;
        } catch (AgentException e) {
            return false;
        }
    }

    /**
     * How to dial the director that the configuration names.
     *
     * @throws UsageException if its address is none
     */
    static LabAgent.Connect dialling(AgentConfig config) {
        HostPort director = HostPort.tryParse(config.director(), ControlProtocol.DEFAULT_PORT)
                .orElseThrow(() -> new UsageException(
                        "director: expected HOST or HOST:PORT, got '" + config.director() + "'",
                        "Correct it in the agent's configuration."));
        return () -> LabConnection.open(
                director,
                config.access()
                        .tls()
                        .map(files -> new TlsMaterial(
                                        files.identity(),
                                        files.trusted(),
                                        AccessOptions.firstLine(files.passwordFile()))
                                .load()),
                Role.AGENT,
                config.access()
                        .labTokenFile()
                        .or(() -> config.access().tokenFile())
                        .map(AccessOptions::firstLine)
                        .map(NamedToken::parse),
                CONNECT);
    }

    /**
     * Has a signal interrupt the work; the process ends when the work has, if that takes no longer than a minute.
     *
     * @param interrupt ends the work soon, from another thread
     */
    public static void interruptible(Runnable interrupt, Runnable work) {
        CountDownLatch over = new CountDownLatch(1);
        SignalHook onSignal = SignalHook.doing(() -> {
            interrupt.run();
            await(over);
        });
        try {
            work.run();
        } finally {
            over.countDown();
            onSignal.remove();
        }
    }

    /** What was set is restored before the process ends, if that can be done in a minute. */
    private static void await(CountDownLatch over) {
        try {
            if (!over.await(WIND_UP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("wattline agent: not all was restored; the next start of the agent goes on with it");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
