package dev.wattline.campaign.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.job.MachineBusyException;
import dev.wattline.campaign.CampaignException;
import dev.wattline.campaign.engine.CampaignEngine.Turn;
import dev.wattline.campaign.engine.CampaignLine.Aborted;
import dev.wattline.campaign.engine.CampaignLine.Attempt;
import dev.wattline.campaign.engine.CampaignLine.Defined;
import dev.wattline.campaign.engine.CampaignLine.Gated;
import dev.wattline.campaign.engine.CampaignLine.Paused;
import dev.wattline.campaign.engine.CampaignLine.Rebooting;
import dev.wattline.campaign.engine.CampaignLine.Resumed;
import dev.wattline.campaign.plan.CampaignLimits;
import dev.wattline.campaign.plan.Cell;
import dev.wattline.campaign.plan.CellRepeat;
import dev.wattline.campaign.plan.Gate;
import dev.wattline.campaign.plan.RebootPolicy;
import dev.wattline.campaign.plan.RetryPolicy;
import dev.wattline.campaign.plan.RetryPolicy.Cause;
import dev.wattline.model.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CampaignEngineTest {
    private static final Instant T0 = Instant.parse("2026-11-28T20:00:00Z");
    private static final Cell CELL = new Cell("sgemm", new TreeMap<>(), Map.of());

    private final ManualTimeSource clock = new ManualTimeSource(T0);
    private final List<JournalEntry> journal = new ArrayList<>();
    private final List<String> prepared = new ArrayList<>();
    private final List<Runnable> duringWaits = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private Optional<MachineBusyException> busy = Optional.empty();
    private Runnable whenPreparing = () -> {};
    private int failingAppends;
    private int beforeTheyFail;
    private int finished;
    private boolean stopped;
    private String definition = "a";
    private double temperature = 60;
    private Optional<Machine.Result> result = Optional.empty();
    private List<Gate> gates = List.of();
    private Optional<RebootPolicy> reboot = Optional.empty();
    private boolean goesDown;
    private CampaignLimits limits = CampaignLimits.NONE;

    private void add(CampaignLine line) {
        journal.add(new JournalEntry(clock.now(), line));
    }

    private <T extends CampaignLine> List<T> lines(Class<T> kind) {
        return journal.stream()
                .map(JournalEntry::line)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    private CampaignEngine engine() {
        List<CellRepeat> order = List.of(new CellRepeat(CELL.key(), 1), new CellRepeat(CELL.key(), 2));
        CampaignCells cells = new CampaignCells(
                "night", 7, order, Map.of(CELL.key(), CELL), gates, RetryPolicy.USUAL, limits, reboot);
        CampaignJournal lines = new CampaignJournal() {
            @Override
            public List<JournalEntry> entries() {
                return List.copyOf(journal);
            }

            @Override
            public void append(JournalEntry entry) {
                if (beforeTheyFail-- <= 0 && failingAppends-- > 0) {
                    throw new CampaignException("No space left on device", "Free some space.", null);
                }
                journal.add(entry);
            }
        };
        Waiting waits = new Waiting() {
            @Override
            public boolean await(Duration time) {
                clock.advance(time);
                List<Runnable> due = List.copyOf(duringWaits);
                duringWaits.clear(); // what they add is for the next wait
                due.forEach(Runnable::run);
                return stopped;
            }

            @Override
            public boolean isStopped() {
                return stopped;
            }
        };
        return new CampaignEngine(cells, lines, new StandIn(), clock, waits, new CampaignEngine.Observer() {
            @Override
            public void say(String line) {
                said.add(line);
            }

            @Override
            public void ended(CampaignState state) {}
        });
    }

    private final class StandIn implements Machine {
        @Override
        public void recover() {
            busy.ifPresent(e -> {
                throw e;
            });
        }

        @Override
        public Map<String, String> definitions(Cell cell) {
            return Map.of("workload sgemm", definition);
        }

        @Override
        public Duration expected(Cell cell) {
            return Duration.ofMinutes(20);
        }

        @Override
        public Duration uptime() {
            return Duration.ofMinutes(30);
        }

        @Override
        public void reboot() {
            if (!goesDown) {
                throw new AgentException("not allowed", null, null);
            }
        }

        @Override
        public String boot() {
            return "boot";
        }

        @Override
        public double sensor(String name) {
            return temperature;
        }

        @Override
        public void warmUp(Cell cell, Gate.WarmUp gate) {
            clock.advance(gate.length());
        }

        @Override
        public void prepare(Cell cell, String label) {
            whenPreparing.run();
            prepared.add(label);
        }

        @Override
        public List<String> finish(int status) {
            recover();
            finished++;
            return List.of();
        }

        @Override
        public Optional<Result> result(String label) {
            return result;
        }
    }

    private void measure(Optional<Cause> cause) {
        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
        result = Optional.of(new Machine.Result(cause, "session", ""));
        assertThat(engine().finish(0)).isEqualTo(Turn.ENDED);
    }

    @Test
    void aPauseWhileASessionIsMeasuredComesAfterItAndLastsUntilItIsResumed() {
        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
        add(new Paused("operator"));
        result = Optional.of(new Machine.Result(Optional.empty(), "session", ""));
        assertThat(engine().finish(0)).isEqualTo(Turn.ENDED);

        assertThat(engine().next()).isEqualTo(Turn.PAUSED);
        assertThat(engine().next()).as("no new start lets it go on").isEqualTo(Turn.PAUSED);
        assertThat(prepared).hasSize(1);
        add(new Resumed());

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
        assertThat(prepared).hasSize(2);
    }

    private static MachineBusyException busyUntil(MachineBusyException.Until until) {
        return new MachineBusyException("process 7 has this machine", "End it first.", until);
    }

    @Test
    void aMachineThatItsHolderNeverLeavesIsNotWaitedForBeforeAnythingIsMeasured() {
        MachineBusyException forEver = busyUntil(MachineBusyException.Until.TOLD_TO_END);
        busy = Optional.of(forEver);

        assertThatThrownBy(() -> engine().next()).isSameAs(forEver);

        assertThat(said).containsExactly("waiting: process 7 has this machine. End it first.");
        duringWaits.add(() -> busy = Optional.empty()); // somebody ends it after the first word
        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
    }

    @Test
    void whatWasMeasuredIsKeptHoweverLongTheMachineIsSomebodyElses() {
        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
        busy = Optional.of(busyUntil(MachineBusyException.Until.TOLD_TO_END));
        result = Optional.of(new Machine.Result(Optional.empty(), "session", ""));
        duringWaits.add(() -> duringWaits.add(() -> busy = Optional.empty()));

        assertThat(engine().finish(0)).isEqualTo(Turn.ENDED);
    }

    @Test
    void aRunThatSomebodyStartsByHandIsWaitedForAndIsNoFailureOfTheCell() {
        MachineBusyException byHand = busyUntil(MachineBusyException.Until.ITS_END);
        whenPreparing = () -> {
            whenPreparing = () -> {};
            busy = Optional.of(byHand);
            duringWaits.add(() -> busy = Optional.empty());
            throw byHand;
        };

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);

        assertThat(lines(CampaignLine.Verdict.class))
                .extracting(CampaignLine.Verdict::cause)
                .containsExactly(Optional.of(Cause.NOT_STARTED));
        assertThat(prepared).containsExactly("night_" + CELL.key() + "_r1_a2");
    }

    @Test
    void aDiskThatIsFullForAWhileDoesNotEndTheCampaign() {
        failingAppends = 7;
        Instant begin = clock.now();

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);

        assertThat(failingAppends).isNotPositive();
        assertThat(Duration.between(begin, clock.now())).isEqualTo(Duration.ofSeconds(35));
        assertThat(said).filteredOn(line -> line.contains("No space left")).hasSize(1);
        assertThat(journal)
                .extracting(entry -> entry.line().getClass().getSimpleName())
                .containsExactly("Begun", "Defined", "Attempt", "HandedOver");
    }

    @Test
    void whatIsSetIsRestoredWhereTheHandOverCannotBeWrittenUntilTheEnd() {
        beforeTheyFail = 3;
        failingAppends = Integer.MAX_VALUE;
        duringWaits.add(() -> stopped = true);

        assertThatThrownBy(() -> engine().next()).isInstanceOf(CampaignException.class);

        assertThat(prepared).hasSize(1);
        assertThat(finished).isEqualTo(1);
    }

    @Test
    void aMachineThatBecomesFreeByItselfIsWaitedFor() {
        busy = Optional.of(busyUntil(MachineBusyException.Until.ITS_END));
        duringWaits.add(() -> duringWaits.add(() -> busy = Optional.empty()));

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
    }

    @Test
    void aPauseEndsTheWaitBeforeARetry() {
        measure(Optional.of(Cause.INVALID));
        duringWaits.add(() -> add(new Paused("operator")));

        assertThat(engine().next()).isEqualTo(Turn.PAUSED);

        assertThat(Duration.between(T0, clock.now())).isLessThan(Duration.ofMinutes(1));
        assertThat(prepared).hasSize(1);
    }

    @Test
    void anAbortWhileAGateIsShutMeasuresNothing() {
        gates = List.of(new Gate.Cooldown(
                "gpu.temp", Optional.of(45.0), Duration.ofMinutes(10), Duration.ofSeconds(5), Gate.OnTimeout.MEASURE));
        duringWaits.add(() -> add(new Aborted("operator")));

        assertThat(engine().next()).isEqualTo(Turn.ABORTED);

        assertThat(prepared).isEmpty();
    }

    @Test
    void aWallClockSetBackMakesTheWaitBeforeARetryNoLonger() {
        measure(Optional.of(Cause.INVALID));
        long begin = clock.nanoTime();
        clock.stepWallClock(Duration.ofDays(-1));

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);

        assertThat(Duration.ofNanos(clock.nanoTime() - begin)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void anotherDefinitionPausesUntilItIsAccepted() {
        measure(Optional.empty());
        definition = "b";
        assertThat(engine().next()).isEqualTo(Turn.PAUSED);
        assertThat(lines(Attempt.class)).hasSize(1);
        add(new Resumed());
        assertThat(engine().next()).as("resumed without a word on the change").isEqualTo(Turn.PAUSED);

        add(new Defined("workload sgemm", "b", true));
        add(new Resumed());

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);
    }

    @Test
    void noSessionIsBegunThatWouldEndAfterTheDeadline() {
        limits = new CampaignLimits(Optional.of(T0.plus(Duration.ofMinutes(25))), Optional.empty());
        measure(Optional.empty());
        clock.advance(Duration.ofMinutes(6));

        assertThat(engine().next()).isEqualTo(Turn.PAUSED);

        assertThat(lines(Attempt.class)).hasSize(1);
    }

    @Test
    void aCooldownLikeTheFirstWaitsUntilAllBeginAlike() {
        gates = List.of(new Gate.Cooldown(
                "gpu.temp", Optional.empty(), Duration.ofMinutes(10), Duration.ofSeconds(5), Gate.OnTimeout.SKIP));
        measure(Optional.empty());
        assertThat(lines(Gated.class)).singleElement().extracting(Gated::value).isEqualTo("60.0");
        temperature = 70;
        duringWaits.add(() -> temperature = 61.9);
        long begin = clock.nanoTime();

        assertThat(engine().next()).isEqualTo(Turn.HANDED_OVER);

        assertThat(Duration.ofNanos(clock.nanoTime() - begin)).isEqualTo(Duration.ofSeconds(5));
        assertThat(lines(Gated.class)).hasSize(2).allMatch(Gated::open);
    }

    @Test
    void aGateThatDoesNotOpenInTimeIsMarkedOrSkipsOrPauses() {
        gates = List.of(new Gate.Cooldown(
                "gpu.temp", Optional.of(45.0), Duration.ofMinutes(10), Duration.ofMinutes(5), Gate.OnTimeout.PAUSE));

        assertThat(engine().next()).isEqualTo(Turn.PAUSED);

        assertThat(lines(Gated.class))
                .singleElement()
                .satisfies(gate -> assertThat(gate.open()).isFalse());
        assertThat(prepared).isEmpty();
    }

    @Test
    void aMachineThatCannotBeStartedAnewPausesTheCampaign() {
        reboot = Optional.of(new RebootPolicy(Optional.empty(), Optional.of(Duration.ofMinutes(25)), 1));

        assertThat(engine().next()).isEqualTo(Turn.PAUSED);

        assertThat(lines(Attempt.class)).isEmpty();
        add(new Resumed());
        assertThat(engine().next()).as("as often as it may").isEqualTo(Turn.HANDED_OVER);
    }

    @Test
    void aMachineThatDoesNotGoDownPausesTheCampaignToo() {
        goesDown = true;
        reboot = Optional.of(new RebootPolicy(Optional.of(1), Optional.empty(), 5));
        measure(Optional.empty());

        assertThat(engine().next()).isEqualTo(Turn.PAUSED);

        assertThat(lines(Rebooting.class)).containsExactly(new Rebooting(1));
        assertThat(Duration.between(T0, clock.now())).isEqualTo(Duration.ofMinutes(10));
    }
}
