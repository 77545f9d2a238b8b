package dev.wattline.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.job.MachineBusyException;
import dev.wattline.campaign.engine.CampaignEngine.Turn;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.model.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A measured machine with its agent, its runner and the launcher's loop, in one thread and with a clock of its own, in which
 * any process can be killed at any moment. What is on a disk here outlives its process, all else does not.
 */
final class SimulatedLab {
    /** How a process ends in the middle of something. */
    enum Fault {
        KILL,
        REBOOT,
        KILL_AND_CLOCK_AHEAD,
        KILL_AND_CLOCK_BACK,
        STOP
    }

    /** Decides at each moment whether something happens. */
    interface Fate {
        /** The fault that comes now; null if none does. */
        @Nullable
        Fault at(String moment);
    }

    /** A process is gone. */
    private static final class KilledException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final Map<String, String> USUAL = Map.of("cap", "700", "boost", "on");
    private static final Duration RUN = Duration.ofMinutes(12);

    private final CampaignCells cells;
    private final Fate fate;
    private final ManualTimeSource clock = new ManualTimeSource(Instant.parse("2026-11-28T20:00:00Z"));
    private final Random temperature = new Random(5);

    // On the disk.
    private final List<String> journal = new ArrayList<>();
    private final List<JournalEntry> whole = new ArrayList<>(); // its lines, but for one that was cut
    private final Map<String, String> changed = new LinkedHashMap<>(); // the agent's journal: settings to be restored
    private final Map<String, Machine.Result> outcomes = new HashMap<>();

    // The machine.
    private final Map<String, String> settings = new TreeMap<>(USUAL);
    private int boot = 1;

    // What its processes know.
    private @Nullable Orphan orphan;
    private boolean stopped;

    private final Map<CellRepeat, Integer> completed = new HashMap<>();
    private final Set<String> measured = new HashSet<>(); // labels
    private int kills;

    /** A runner whose loop is gone. */
    private record Orphan(String label, long endsAtNanos) {}

    SimulatedLab(CampaignCells cells, Fate fate) {
        this.cells = cells;
        this.fate = fate;
    }

    int boots() {
        return boot;
    }

    int kills() {
        return kills;
    }

    List<JournalEntry> entries() {
        return List.copyOf(whole);
    }

    /** Starts the campaign as often as it takes, as a service or a person would. */
    CampaignState untilDone() {
        for (int starts = 0; starts < 100_000; starts++) {
            try {
                if (loop() == Turn.DONE) {
                    assertThat(settings).as("restored at the end").isEqualTo(USUAL);
                    assertThat(changed).isEmpty();
                    assertThat(verdicts().keySet())
                            .as("each run that came to an end has its verdict, and none a second time")
                            .containsAll(outcomes.keySet());
                    return CampaignState.of(cells.order(), cells.policy(), entries());
                }
            } catch (KilledException e) {
                kills++;
            }
            stopped = false;
        }
        throw new AssertionError("no end after 100000 starts");
    }

    /** The cause of each attempt's end by its label; empty where it is valid. */
    private Map<String, Optional<Cause>> verdicts() {
        Map<String, Optional<Cause>> all = new LinkedHashMap<>();
        String label = "";
        for (JournalEntry entry : entries()) {
            if (entry.line() instanceof CampaignLine.Attempt attempt) {
                label = cells.label(attempt.what(), attempt.number());
            } else if (entry.line() instanceof CampaignLine.Verdict verdict) {
                assertThat(all).doesNotContainKey(label);
                all.put(label, verdict.cause());
                Machine.Result outcome = outcomes.get(label);
                if (outcome != null) {
                    assertThat(verdict.cause()).as("of %s", label).isEqualTo(outcome.cause());
                } else if (measured.contains(label)) {
                    assertThat(verdict.cause())
                            .as("of %s, which the runner had", label)
                            .isIn(Optional.of(Cause.INTERRUPTED), Optional.of(Cause.STOPPED));
                }
            }
        }
        return all;
    }

    /** The launcher's loop. */
    private Turn loop() {
        while (true) {
            Turn turn = engine().next();
            if (turn != Turn.HANDED_OVER) {
                return turn;
            }
            moment("handed over");
            int status = measure(Objects.requireNonNull(open()));
            Turn ended = engine().finish(status);
            if (ended != Turn.ENDED || stopped) {
                return ended == Turn.ENDED ? Turn.STOPPED : ended;
            }
        }
    }

    private @Nullable OpenAttempt open() {
        return CampaignState.of(cells.order(), cells.policy(), entries()).open().orElse(null);
    }

    /** The runner: its exit status. */
    private int measure(OpenAttempt attempt) {
        Cell cell = Objects.requireNonNull(cells.byKey().get(attempt.what().cell()));
        String label = cells.label(attempt.what(), attempt.number());
        Map<String, String> wanted = new TreeMap<>(USUAL);
        wanted.putAll(cell.settings());
        assertThat(settings).as("while %s is measured", label).isEqualTo(wanted);
        assertThat(outcomes).as("measured once").doesNotContainKey(label);
        measured.add(label);
        Fault fault = fate.at("runner");
        if (fault == Fault.STOP) {
            stopped = true;
            return 143;
        } else if (fault == Fault.KILL) {
            kills++;
            clock.advance(Duration.ofMinutes(1));
            return 137;
        } else if (fault == Fault.KILL_AND_CLOCK_AHEAD) { // of the loop alone: the runner goes on
            orphan = new Orphan(label, clock.nanoTime() + RUN.toNanos());
            throw new KilledException();
        } else if (fault != null) {
            suffer(fault);
        }
        clock.advance(RUN);
        return complete(label, attempt.what());
    }

    private int complete(String label, CellRepeat what) {
        Optional<Cause> cause = behaviour(what, completed.merge(what, 1, Integer::sum));
        outcomes.put(
                label, new Machine.Result(cause, label, cause.map(Enum::name).orElse("")));
        moment("outcome written");
        return cause.isPresent() && cause.get() != Cause.INVALID ? 1 : 0;
    }

    /** How the nth run that comes to an end goes; of each cell repeat the same in every simulation. */
    private static Optional<Cause> behaviour(CellRepeat what, int run) {
        return switch (Math.floorMod(what.hashCode(), 7)) {
            case 0 -> Optional.of(Cause.WORKLOAD);
            case 1 -> run <= 2 ? Optional.of(Cause.INVALID) : Optional.empty();
            case 2 -> Optional.of(Cause.INVALID);
            case 3 -> run == 1 ? Optional.of(Cause.INFRASTRUCTURE) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private void moment(String what) {
        clock.advance(Duration.ofMillis(20));
        Fault fault = fate.at(what);
        if (fault != null) {
            suffer(fault);
        }
    }

    private void suffer(Fault fault) {
        switch (fault) {
            case STOP -> {
                stopped = true;
                return;
            }
            case REBOOT -> {
                boot++;
                orphan = null;
                settings.putAll(USUAL); // caps and clocks do not outlive a boot
                clock.advance(Duration.ofMinutes(4));
            }
            case KILL_AND_CLOCK_AHEAD -> clock.stepWallClock(Duration.ofDays(1));
            case KILL_AND_CLOCK_BACK -> clock.stepWallClock(Duration.ofDays(-1));
            case KILL -> {}
        }
        throw new KilledException();
    }

    private CampaignEngine engine() {
        return new CampaignEngine(
                cells, new Lines(), new SimulatedMachine(), clock, new Waits(), new CampaignEngine.Observer() {
                    @Override
                    public void say(String line) {}

                    @Override
                    public void ended(CampaignState state) {
                        moment("run table");
                    }
                });
    }

    /** A journal whose last line may be cut. */
    private final class Lines implements CampaignJournal {
        @Override
        public List<JournalEntry> entries() {
            return SimulatedLab.this.entries();
        }

        @Override
        public void append(JournalEntry entry) {
            moment("before a line");
            journal.removeIf(line -> !line.endsWith("\n"));
            String text = entry.text() + "\n";
            journal.add(text.substring(0, text.length() / 2));
            moment("within a line");
            journal.set(journal.size() - 1, text);
            whole.add(JournalEntry.parse(entry.text()).orElseThrow(() -> new AssertionError(text)));
            moment("after a line");
        }
    }

    private final class Waits implements Waiting {
        @Override
        public boolean await(Duration time) {
            moment("waiting");
            if (!stopped) {
                clock.advance(time);
            }
            return stopped;
        }

        @Override
        public boolean isStopped() {
            return stopped;
        }
    }

    private final class SimulatedMachine implements Machine {
        @Override
        public void recover() {
            moment("start");
            Orphan runner = orphan;
            if (runner != null) {
                if (clock.nanoTime() < runner.endsAtNanos()) {
                    throw new MachineBusyException("still measuring", "");
                }
                orphan = null;
                complete(runner.label(), whatOf(runner.label()));
            }
            restore();
        }

        private CellRepeat whatOf(String label) {
            return cells.order().stream()
                    .filter(what -> label.startsWith(cells.label(what, 0).replaceFirst("0$", "")))
                    .findFirst()
                    .orElseThrow();
        }

        private void restore() {
            List<String> names = new ArrayList<>(changed.keySet());
            for (int i = names.size() - 1; i >= 0; i--) {
                moment("before restoring");
                settings.put(names.get(i), Objects.requireNonNull(changed.get(names.get(i))));
                moment("restored");
                changed.remove(names.get(i));
            }
        }

        @Override
        public Map<String, String> definitions(Cell cell) {
            return Map.of("workload " + cell.workload(), "a");
        }

        @Override
        public Duration expected(Cell cell) {
            return RUN;
        }

        @Override
        public Duration uptime() {
            return Duration.ofHours(1);
        }

        @Override
        public void reboot() {
            assertThat(settings).as("before the machine is started anew").isEqualTo(USUAL);
            moment("reboot asked for");
            suffer(Fault.REBOOT);
        }

        @Override
        public String boot() {
            return "boot-" + boot;
        }

        @Override
        public double sensor(String name) {
            moment("sensor");
            return 40 + temperature.nextInt(20);
        }

        @Override
        public void warmUp(Cell cell, Gate.WarmUp gate) {
            assertThat(settings).as("while warming up").isEqualTo(USUAL);
            moment("warming up");
            clock.advance(gate.length());
        }

        @Override
        public void prepare(Cell cell, String label) {
            recover();
            assertThat(settings).as("restored before another job").isEqualTo(USUAL);
            cell.settings().forEach((name, value) -> {
                changed.put(name, Objects.requireNonNull(settings.get(name)));
                moment("setting noted");
                if (value.equals("bad")) {
                    restore();
                    throw new AgentException("setting " + name + " cannot be set to bad", null, null);
                }
                settings.put(name, value);
                moment("setting applied");
            });
            if (stopped) {
                restore();
                throw new AgentException("interrupted before anything was measured", null, null);
            }
            moment("hand-over written");
        }

        @Override
        public List<String> finish(int status) {
            moment("finish");
            restore();
            return List.of();
        }

        @Override
        public Optional<Result> result(String label) {
            moment("result");
            return Optional.ofNullable(outcomes.get(label));
        }
    }
}
