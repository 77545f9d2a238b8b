package dev.wattline.director;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.director.config.DirectorConfig;
import dev.wattline.model.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phase ends in the middle between two ticks of the director's own clock, which stands where the test has put it. */
class MidTickStopTest {
    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();

    private final TimeSource time = new TimeSource() {
        @Override
        public Instant now() {
            return TimeSource.system().now();
        }

        @Override
        public long nanoTime() {
            return nanos.get();
        }
    };

    @Test
    void waitsForTheMiddleOfTheNextTickWhereThatOfThisOneIsOver() throws Exception {
        DirectorConfig config = DirectorHarness.config(folder, "", DirectorHarness.analyzer(49));
        DirectorEnvironment environment = new DirectorEnvironment(
                config, time, ZoneOffset.UTC, UUID::randomUUID, EmbeddedPtd.fast(folder), "test", "none");
        try (Director director = Director.start(environment, DirectorHarness.NO_CLOCK);
                RawClient client = RawClient.greeted(director.address().port())) {
            assertThat(client.ask("new,," + UUID.randomUUID())).startsWith("OK ");
            assertThat(client.ask("session,*,start,ranging")).isEqualTo("OK");
            nanos.addAndGet(Duration.ofMillis(501).toNanos());

            long asked = TimeSource.system().nanoTime();
            assertThat(client.ask("session,*,stop,ranging")).isEqualTo("OK");
            Duration took = Duration.ofNanos(TimeSource.system().nanoTime() - asked);

            assertThat(took).isGreaterThanOrEqualTo(config.settings().settle().plusMillis(999));
            assertThat(client.ask("session,*,done")).isEqualTo("OK");
        }
    }
}
