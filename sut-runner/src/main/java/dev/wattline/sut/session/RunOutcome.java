package dev.wattline.sut.session;

import dev.wattline.model.SessionId;
import java.nio.file.Path;
import java.util.List;

/**
 * A complete session.
 *
 * @param folder holds {@code power}, {@code ranging} and {@code run_1}
 * @param suspicions why the measurement is suspect, such as that one side stood still; mostly empty
 */
public record RunOutcome(SessionId session, Path folder, List<String> suspicions) {
    public RunOutcome {
        suspicions = List.copyOf(suspicions);
    }
}
