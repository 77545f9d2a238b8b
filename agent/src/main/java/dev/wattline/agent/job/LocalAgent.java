package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.job.AgentJournal.Kind;
import dev.wattline.agent.setting.SettingCommand;
import dev.wattline.agent.setting.SettingReading;
import dev.wattline.model.IoErrors;
import dev.wattline.model.process.ShortProgram.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Prepares a job, leaves it to the runner, and ends it. Each of the two is a process of its own, so that nothing of the agent
 * is there while anything is measured; what must be known in between is in the journal. Whatever happens to either, what
 * was set is restored: at the end, or first thing by the next agent.
 */
public final class LocalAgent {
    private static final Duration READY_TIMEOUT = Duration.ofSeconds(60);

    private final AgentConfig config;
    private final AgentJournal journal;
    private final Path folder;
    private final Consumer<String> console;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private boolean restoring;

    /**
     * @param folder where the journal and the hand-over lie
     * @param console told of each step, a line each
     */
    public LocalAgent(AgentConfig config, AgentJournal journal, Path folder, Consumer<String> console) {
        this.config = config;
        this.journal = journal;
        this.folder = folder;
        this.console = console;
    }

    /** Ends preparing as soon as the command that runs has ended; what was set is restored. From any thread. */
    public void interrupt() {
        interrupted.countDown();
    }

    /**
     * The loop that started this agent and starts the runner.
     *
     * @param pid its process id
     * @param startTicks when it began, as the system counts
     */
    public record Loop(long pid, long startTicks) {}

    /**
     * Applies the settings and writes the hand-over.
     *
     * @param id of the job
     * @throws AgentException if the job cannot be measured as asked; what was set is restored
     */
    public void prepare(String id, JobRequest request, Loop loop) {
        prepare(id, request, loop, List::of);
    }

    /**
     * Applies the settings, asks whether the job is still wanted, and writes the hand-over.
     *
     * @param id of the job
     * @param lastWord more arguments for the runner; an {@link AgentException} of its keeps the job from being handed over
     * @throws AgentException if the job cannot be measured as asked; what was set is restored
     */
    public void prepare(String id, JobRequest request, Loop loop, Supplier<List<String>> lastWord) {
        request.requireMeasurable(config); // before anything is set
        recover();
        begin(id, request);
        try {
            Map<String, String> before = applyAll(request);
            List<String> line = new RunnerArguments(config).of(request, before);
            line.addAll(lastWord.get());
            write(line);
            journal.add(Kind.HANDED_OVER, id, String.valueOf(loop.pid()), String.valueOf(loop.startTicks()));
        } catch (AgentException e) {
            restore();
            throw e;
        }
    }

    private void begin(String id, JobRequest request) {
        if (request.with().isPresent()) {
            journal.add(Kind.JOB, id, request.workload(), request.with().get().workload());
        } else {
            journal.add(Kind.JOB, id, request.workload());
        }
    }

    private Map<String, String> applyAll(JobRequest request) {
        ready();
        Map<String, String> before = new LinkedHashMap<>();
        request.settings().forEach((name, wanted) -> {
            requireNotInterrupted();
            before.put(name, apply(name, wanted));
        });
        // One setting may undo another: all are read again behind the last.
        request.settings().forEach((name, wanted) -> reading(name).require(wanted));
        requireNotInterrupted();
        return before;
    }

    /**
     * Applies the settings, does some work that is not measured, and restores them.
     *
     * @param id of the job
     * @throws AgentException if the machine cannot be set as asked; what was set is restored
     */
    public <T> T during(String id, JobRequest request, Supplier<T> work) {
        recover();
        begin(id, request);
        try {
            applyAll(request);
            T done = work.get();
            cleanups();
            return done;
        } finally {
            restore();
        }
    }

    /** Why no job can be taken now; empty if one can. What an earlier job left is restored first. */
    public Optional<String> obstacle() {
        try {
            recover();
            ready();
            return Optional.empty();
        } catch (AgentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Restores what a job that was cut short had set, and runs its workload's cleanup; does nothing where there was none.
     *
     * @throws MachineBusyException if a job is being measured, whose settings are left alone
     * @throws NotRestoredException if what an earlier one set cannot be restored
     */
    public void recover() {
        if (journal.state() == AgentState.READY) {
            return;
        }
        List<String> handed = journal.handedOver();
        boolean measuring = journal.state() == AgentState.MEASURING; // else the loop may be this agent's own
        if (measuring && handed.size() == 3 && isAlive(handed.get(1), handed.get(2))) {
            throw new MachineBusyException(
                    "job " + handed.get(0) + " is being measured by process " + handed.get(1),
                    "Wait for its end, or end that process: it restores what it set.",
                    MachineBusyException.Until.LOOP_IS_DONE);
        }
        if (HandOver.isHeld(folder)) {
            throw new MachineBusyException(
                    "job " + journal.job().orElse("") + " is still being measured, though its loop is gone",
                    "Wait for the end of its 'wattline run', or end that process.");
        }
        console.accept("job " + journal.job().orElse("") + " was cut short; restoring what it had set");
        cleanups(); // what it left in a container would heat the next measurement
        restore();
    }

    private static boolean isAlive(String pid, String startTicks) {
        return LoopProcess.startTicks(Long.parseLong(pid))
                .filter(ticks -> String.valueOf(ticks).equals(startTicks))
                .isPresent();
    }

    private void requireNotInterrupted() {
        if (interrupted.getCount() == 0) {
            throw new AgentException("interrupted before anything was measured", null, null);
        }
    }

    private void ready() {
        for (List<String> command : config.ready()) {
            Result outcome = SettingCommand.run(command, READY_TIMEOUT);
            if (outcome.status() != 0) {
                throw new AgentException(
                        "this machine is not ready: " + SettingCommand.shown(command) + " ended with status "
                                + outcome.status() + ": " + outcome.output().strip(),
                        "Fix what it names, and start again.",
                        null);
            }
        }
    }

    private SettingReading reading(String name) {
        MachineSetting setting = config.settings().get(name);
        if (setting == null) {
            throw new AgentException(
                    "setting " + name + " was changed, and the configuration does not know it any more",
                    "Put it back into the configuration until it is restored.",
                    null);
        }
        // What is restored is restored whatever interrupts: its settle time is not cut short.
        return new SettingReading(name, setting, restoring ? new CountDownLatch(1) : interrupted);
    }

    private String apply(String name, String wanted) {
        SettingReading setting = reading(name);
        String before = setting.read();
        String value = setting.value(before).orElse("");
        if (setting.restoredTo(value).isEmpty()) {
            throw new AgentException(
                    "setting " + name + " is to be restored to what it was, but reading it gives no single value: '"
                            + before.replace("\n", "' and '") + "'",
                    "Set all of them alike, or name a fixed value as restore.",
                    null);
        }
        journal.add(Kind.SETTING, name, value, wanted);
        setting.set(wanted);
        setting.require(wanted);
        console.accept("setting " + name + ": " + wanted);
        return before;
    }

    private void write(List<String> arguments) {
        try {
            HandOver.write(folder, arguments);
        } catch (IOException e) {
            throw new AgentException("cannot write " + folder.resolve(HandOver.FILE) + ": " + IoErrors.of(e), null, e);
        }
    }

    /**
     * Ends a job: reads the settings again, restores them, and runs the workload's cleanup.
     *
     * @param status how the runner ended
     * @return why the measurement is suspect: which settings are not what they were set to; mostly empty
     * @throws NotRestoredException if a setting cannot be restored, with the same reasons
     */
    public List<String> finish(int status) {
        List<String> suspicions = new ArrayList<>();
        if (journal.state() == AgentState.MEASURING) {
            journal.add(Kind.ENDED, journal.job().orElse(""), String.valueOf(status));
        }
        journal.changed().forEach((name, change) -> {
            try {
                reading(name).require(change.wanted());
            } catch (AgentException e) {
                console.accept("warning: the measurement is suspect: " + e.getMessage());
                suspicions.add(String.valueOf(e.getMessage()));
            }
        });
        cleanups();
        try {
            restore();
        } catch (NotRestoredException e) {
            throw e.after(suspicions);
        }
        return suspicions;
    }

    private void cleanups() {
        cleanup(journal.workload());
        if (!journal.companion().equals(journal.workload())) {
            cleanup(journal.companion());
        }
    }

    private void cleanup(String workload) {
        NamedWorkload known = config.workloads().get(workload);
        if (known != null && !known.cleanup().isEmpty()) {
            try {
                Result outcome = SettingCommand.run(known.cleanup(), READY_TIMEOUT);
                console.accept("cleanup of " + workload + " ended with status " + outcome.status());
            } catch (AgentException e) {
                console.accept("warning: cleanup of " + workload + ": " + e.getMessage());
            }
        }
    }

    /**
     * Restores what is changed, last first.
     *
     * @throws NotRestoredException if a setting cannot be restored; the others are, and no job is taken until it is
     */
    private void restore() {
        try {
            Files.deleteIfExists(folder.resolve(HandOver.FILE));
        } catch (IOException e) {
            console.accept("warning: " + folder.resolve(HandOver.FILE) + " cannot be deleted: " + IoErrors.of(e));
        }
        if (journal.state() == AgentState.READY) {
            return;
        }
        if (journal.state() == AgentState.MEASURING) {
            journal.add(Kind.RECOVERING);
        }
        restoring = true;
        List<String> failures = new ArrayList<>();
        List<Map.Entry<String, AgentJournal.Change>> changed =
                new ArrayList<>(journal.changed().entrySet());
        for (int i = changed.size() - 1; i >= 0; i--) {
            String name = changed.get(i).getKey();
            try {
                restore(name, changed.get(i).getValue().before());
            } catch (AgentException e) {
                failures.add(String.valueOf(e.getMessage()));
            }
        }
        if (!failures.isEmpty()) {
            throw new NotRestoredException(
                    "not restored: " + String.join("; ", failures),
                    "Fix it, then 'wattline agent restore'; no job is taken before.");
        }
        restoring = false;
        journal.add(Kind.READY);
    }

    private void restore(String name, String before) {
        SettingReading setting = reading(name);
        String wanted = setting.restoredTo(before);
        if (wanted.isEmpty()) {
            throw new AgentException("setting " + name + ": what it was before is not known", "Set it by hand.", null);
        }
        // A reboot or another tool may have restored it already; setting it again does no harm, believing it would.
        if (!setting.is(wanted, setting.read())) {
            setting.set(wanted);
            setting.require(wanted);
        }
        journal.add(Kind.RESTORED, name);
        console.accept("setting " + name + " is " + wanted + " again");
    }
}
