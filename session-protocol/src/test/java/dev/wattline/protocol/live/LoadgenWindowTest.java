package dev.wattline.protocol.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.Phase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadgenWindowTest {
    @Test
    void isTheTextThatTheDocumentationShows() {
        LoadgenWindow window = new LoadgenWindow(
                Phase.RANGING, Instant.parse("2026-11-22T04:48:46.343Z"), Instant.parse("2026-11-22T04:58:46.343Z"));

        assertThat(window.text()).isEqualTo("ranging 2026-11-22T04:48:46.343Z 2026-11-22T04:58:46.343Z");
        assertThat(LoadgenWindow.parse(window.text())).contains(window);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ranging", "cooking 2026-11-22T04:48:46Z 2026-11-22T04:58:46Z", "testing soon later"})
    void leavesOtherTextsAlone(String text) {
        assertThat(LoadgenWindow.parse(text)).isEmpty();
    }
}
