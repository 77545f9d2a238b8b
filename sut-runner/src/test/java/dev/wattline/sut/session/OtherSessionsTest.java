package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.sut.process.Leftovers.Leftover;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class OtherSessionsTest {
    private static final String SESSION = "2026-11-22_04-48-34_rig";

    @Test
    void whatAnEndedSessionLeftIsNamedProcessByProcess() {
        OtherSessions others = new OtherSessions(List.of(
                new Leftover(7, SESSION, "stress 1", OptionalLong.empty()),
                new Leftover(8, SESSION, "stress 2", OptionalLong.empty())));

        assertThat(others.warnings())
                .containsExactly(
                        "process 7 of the ended session " + SESSION + " still runs and will be measured too: stress 1",
                        "process 8 of the ended session " + SESSION + " still runs and will be measured too: stress 2");
    }

    @Test
    void aSessionThatRunsNowIsNamedOnceAndNotAsEnded() {
        OtherSessions others = new OtherSessions(List.of(
                new Leftover(7, SESSION, "sh -c ./run.sh", OptionalLong.of(3)),
                new Leftover(8, SESSION, "python3 main.py", OptionalLong.of(3))));

        assertThat(others.warnings())
                .containsExactly("session " + SESSION
                        + " (runner 3) measures on this machine at this moment; its 2 processes will be measured too");
    }

    @Test
    void aQuietMachineIsNotWorthAWord() {
        assertThat(new OtherSessions(List.of()).warnings()).isEmpty();
    }
}
