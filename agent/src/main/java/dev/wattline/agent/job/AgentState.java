package dev.wattline.agent.job;

import java.util.Map;
import java.util.Set;

/** Where an agent stands. What is not in the table of transitions does not happen. */
public enum AgentState {
    /** There is nothing to do and nothing to restore. */
    READY,
    /** Settings are applied and read back. */
    PREPARING,
    /** The runner has the job; the agent is not there. */
    MEASURING,
    /** Settings are read again and restored. */
    FINISHING,
    /** An earlier job was cut short: what it had set is restored. */
    RECOVERING;

    private static final Map<AgentState, Set<AgentState>> NEXT = Map.of(
            READY, Set.of(PREPARING),
            PREPARING, Set.of(MEASURING, READY, RECOVERING),
            MEASURING, Set.of(FINISHING, RECOVERING),
            FINISHING, Set.of(READY, RECOVERING),
            RECOVERING, Set.of(READY, RECOVERING));

    /** Whether this may follow the present state; {@link #RECOVERING} follows where the process was killed. */
    public boolean mayBecome(AgentState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }
}
