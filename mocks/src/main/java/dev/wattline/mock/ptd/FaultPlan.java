package dev.wattline.mock.ptd;

import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.FaultTarget;
import dev.wattline.mock.scenario.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The faults still to come; those that are due are applied and, but for one at each command, forgotten. */
final class FaultPlan {
    private static final long NEVER = Long.MAX_VALUE;

    private final FaultTarget target;
    private final List<Armed> armed = new ArrayList<>();
    private long listeningSince = NEVER;

    private static final class Armed {
        final Fault fault;
        int seen; // matching commands so far

        Armed(Fault fault) {
            this.fault = fault;
        }
    }

    FaultPlan(FaultScenario scenario, FaultTarget target) {
        this.target = target;
        scenario.faults().forEach(fault -> armed.add(new Armed(fault)));
    }

    /** The mock starts; {@code nth} counts the starts with the same instrument, from 1. */
    void onStart(int nth) {
        apply(one -> one.fault.when() instanceof Trigger.Start start && (start.nth() == 0 || start.nth() == nth));
    }

    /** The mock listens; times count from now. */
    void onListening(long nanos) {
        listeningSince = nanos;
    }

    /** A command line is about to be executed. */
    void onCommand(String line) {
        for (Armed one : armed) {
            if (one.fault.when() instanceof Trigger.OnCommand trigger && trigger.matches(line)) {
                one.seen++;
                if (trigger.nth() == 0 || trigger.nth() == one.seen) {
                    one.fault.action().applyTo(target);
                }
            }
        }
    }

    /** A sample is due; both numbers count from 1. */
    void onSample(int measurement, long sample) {
        apply(one -> one.fault.when() instanceof Trigger.OnSample trigger
                && trigger.nth() == sample
                && (trigger.measurement() == 0 || trigger.measurement() == measurement));
    }

    /** Time has passed. */
    void onTime(long nanos) {
        if (nextNanos() <= nanos) {
            apply(one -> due(one) <= nanos);
        }
    }

    /** When {@link #onTime} has something to do; {@link Long#MAX_VALUE} for never. */
    long nextNanos() {
        long next = NEVER;
        for (Armed one : armed) {
            next = Math.min(next, due(one));
        }
        return next;
    }

    private long due(Armed one) {
        return listeningSince != NEVER && one.fault.when() instanceof Trigger.After after
                ? listeningSince + after.time().toNanos()
                : NEVER;
    }

    private void apply(Predicate<Armed> occasion) {
        List<Armed> due = armed.stream().filter(occasion).toList();
        armed.removeAll(due);
        due.forEach(one -> one.fault.action().applyTo(target));
    }
}
