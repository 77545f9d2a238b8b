package dev.wattline.protocol.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.protocol.DirectorLimits;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.server.Endpoint;
import dev.wattline.protocol.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of deadlines in the documentation against the code. */
class DeadlinesTest {
    private static final Path PAGE = Path.of("..", "docs", "control-connection.md");
    private static final Pattern ROW =
            Pattern.compile("^\\|[^|]+\\| `([a-z-]+)` \\| ([0-9.]+) (s|min) \\|", Pattern.MULTILINE);

    @Test
    void runnersTableHoldsEveryDeadlineWithItsDefault() throws IOException {
        Deadlines defaults = Deadlines.defaults();
        assertThat(section("## Runner", "## Director"))
                .isEqualTo(new TreeMap<>(Map.of(
                        "connect", defaults.connect(),
                        "handshake", defaults.handshake(),
                        "command", defaults.command(),
                        "start", defaults.start(),
                        "stop", defaults.stop(),
                        "set-ntp", defaults.setNtp(),
                        "silence", defaults.silence(),
                        "stall", defaults.stall())));
    }

    @Test
    void everyNameInTheRunnersTableIsAnOption() throws IOException {
        Duration other = Duration.ofSeconds(77);
        for (String name : section("## Runner", "## Director").keySet()) {
            assertThat(Deadlines.defaults().with(name, other).toString()).contains("=PT1M17S");
        }
        assertThatThrownBy(() -> Deadlines.defaults().with("never", other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 'never'");
    }

    /** What the reference was seen to take, in docs/control-connection.md and by others: samples and seconds. */
    @ParameterizedTest
    @CsvSource({"10000, 1.2", "20000, 78", "30000, 120"})
    void theReferenceHasSeveralTimesTheTimeThatItWasSeenToTake(long samples, double seconds) {
        Duration granted = DirectorLimits.referenceWork(Duration.ofSeconds(samples));
        assertThat(granted).isGreaterThan(Duration.ofMillis((long) (4 * seconds * 1000)));
        assertThat(Deadlines.defaults().stopAfter(Duration.ofSeconds(samples)))
                .isEqualTo(Deadlines.defaults().stop().plus(granted));
    }

    @Test
    void aShortMeasurementProlongsNothing() {
        assertThat(DirectorLimits.referenceWork(Duration.ofMinutes(10))).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void directorsTableHoldsTheDefaultsOfItsConnections() throws IOException {
        ServerOptions defaults = ServerOptions.on(Endpoint.plain(new HostPort("127.0.0.1", 0)));
        assertThat(section("## Director", "Keepalive needs"))
                .containsEntry("hello", defaults.hello())
                .containsEntry("idle", defaults.idle())
                .containsEntry("stall", defaults.stall())
                .containsEntry("unacknowledged", defaults.unacknowledged());
    }

    private static Map<String, Duration> section(String from, String to) throws IOException {
        String page = Files.readString(PAGE);
        Matcher rows = ROW.matcher(page.substring(page.indexOf(from), page.indexOf(to)));
        Map<String, Duration> deadlines = new TreeMap<>();
        while (rows.find()) {
            long millis = Math.round(Double.parseDouble(rows.group(2)) * 1000);
            deadlines.put(rows.group(1), Duration.ofMillis(rows.group(3).equals("s") ? millis : millis * 60));
        }
        return deadlines;
    }
}
