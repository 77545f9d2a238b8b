package dev.wattline.sut.process;

import dev.wattline.model.Phase;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a workload is told by its environment. A variable that does not apply is set to the empty text, so that one of an
 * outer session is not taken for its own.
 *
 * @param session the session's name; empty outside of a session
 * @param phase {@code ranging}, {@code testing}, or {@code plain} where no analyzer measures
 * @param rangingSeconds how long the workload is asked to run; empty where it is to run as long as it does by itself
 * @param userConf LoadGen's configuration for the phase, where the user named one
 * @param companionGpus that it runs beside the measured workload, and on which GPUs, as {@link #COMPANION_GPUS}; empty for the
 *     measured workload itself
 */
public record WorkloadVariables(
        String session,
        String phase,
        Optional<Integer> rangingSeconds,
        Optional<Path> userConf,
        Optional<String> companionGpus) {
    /** The session, so that what outlives it can be named later. */
    public static final String SESSION = "WATTLINE_SESSION";

    /** Which of a session's two runs this is. */
    public static final String PHASE = "WATTLINE_PHASE";

    /** How many seconds a short ranging should last; never set in the testing phase. */
    public static final String RANGING_SECONDS = "WATTLINE_RANGING_SECONDS";

    /** LoadGen's user.conf of the phase. */
    public static final String USER_CONF = "WATTLINE_USER_CONF";

    /** Whether it is the measured workload, {@code main}, or runs beside it, {@code companion}. */
    public static final String ROLE = "WATTLINE_ROLE";

    /**
     * On which GPUs a companion is to run: {@code other} than the measured workload's, {@code same}, an index, or empty where
     * nothing is said.
     */
    public static final String COMPANION_GPUS = "WATTLINE_COMPANION_GPUS";

    /** The phase of a command that runs outside of a session. */
    public static final String PLAIN = "plain";

    /** Those of the measured workload. */
    public WorkloadVariables(String session, String phase, Optional<Integer> rangingSeconds, Optional<Path> userConf) {
        this(session, phase, rangingSeconds, userConf, Optional.empty());
    }

    /** The same for what runs beside it. */
    public WorkloadVariables asCompanion(String gpus) {
        return new WorkloadVariables(session, phase, rangingSeconds, userConf, Optional.of(gpus));
    }

    /** A phase of a session, with nothing else asked of the workload. */
    public static WorkloadVariables of(String session, Phase phase) {
        return new WorkloadVariables(session, phase.word(), Optional.empty(), Optional.empty());
    }

    /** As they are set. */
    public Map<String, String> variables() {
        Map<String, String> all = new HashMap<>();
        all.put(SESSION, session);
        all.put(PHASE, phase);
        all.put(RANGING_SECONDS, rangingSeconds.map(String::valueOf).orElse(""));
        all.put(USER_CONF, userConf.map(Path::toString).orElse(""));
        all.put(ROLE, companionGpus.isPresent() ? "companion" : "main");
        all.put(COMPANION_GPUS, companionGpus.orElse(""));
        return Map.copyOf(all);
    }
}
