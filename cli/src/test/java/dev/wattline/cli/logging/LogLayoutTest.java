package dev.wattline.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogLayoutTest {
    private final Logger logger = new LoggerContext().getLogger("any");

    private String layout(@Nullable Throwable thrown) {
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, "late by {} ms", thrown, new Object[] {17});
        event.setInstant(Instant.parse("2026-11-22T08:05:09.042Z"));
        return new LogLayout("director", ZoneOffset.ofHours(1)).doLayout(event);
    }

    @Test
    void lineHasProgramLocalTimeLevelAndMessage() {
        assertThat(layout(null))
                .isEqualTo("director 2026-11-22 09:05:09,042 [WARN] late by 17 ms" + System.lineSeparator());
    }

    @Test
    void thrownIsPrintedWithItsCauses() {
        String text = layout(new IllegalStateException("outer", new IllegalArgumentException("inner")));

        assertThat(text)
                .contains("IllegalStateException: outer", "Caused by: java.lang.IllegalArgumentException: inner");
    }
}
