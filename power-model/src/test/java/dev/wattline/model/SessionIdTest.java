package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
    private static final LocalDateTime OPENED = LocalDateTime.of(2026, 11, 22, 4, 48, 34);

    @Test
    void isTheTimeAndTheLabel() {
        assertThat(SessionId.of(OPENED, "rig").value()).isEqualTo("2026-11-22_04-48-34_rig");
        assertThat(SessionId.of(OPENED, "").value()).isEqualTo("2026-11-22_04-48-34");
        assertThat(SessionId.of(OPENED, "rig").mark(Phase.TESTING)).isEqualTo("2026-11-22_04-48-34_rig_testing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "../x", "ä", "a/b", "a.b"})
    void refusesOtherLabels(String label) {
        assertThat(SessionId.isLabel(label)).isFalse();
        assertThatThrownBy(() -> SessionId.of(OPENED, label)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "2026-11-22", "2026-11-22_04-48-34_", "2026-11-22_04-48-34_../x"})
    void refusesOtherIds(String id) {
        assertThat(SessionId.isSessionId(id)).isFalse();
    }
}
