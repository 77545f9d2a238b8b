package dev.wattline.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.model.ManualTimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.testing.TestDeadlines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
    private static final HostPort ANY = new HostPort("127.0.0.1", 0);

    /** Stands still, so that no exchange takes any time. */
    private final ManualTimeSource time = new ManualTimeSource(Instant.parse("2026-11-22T04:48:34Z"));

    @ParameterizedTest
    @CsvSource({
        // before, director, after, within the limit: max(|before-director|, |after-director|) <= 400 ms
        "1000.0, 1000.0, 1000.0, true",
        "1000.0, 1000.25, 1000.5, true",
        "1000.0, 1000.5, 1000.5, false",
        "1000.0, 999.625, 1000.0, true",
        "1000.0, 999.625, 1000.0625, false",
        "1000.0, 1000.375, 1000.75, true",
    })
    void ruleTakesTheLargerDistance(double before, double director, double after, boolean within) {
        assertThat(new ClockDifference(before, director, after).isWithinLimit()).isEqualTo(within);
    }

    @Test
    void exactly400MillisPass() {
        // 0.4 and its neighbours times 1000, so that the sum is the one under test and not a rounding
        assertThat(new ClockDifference(0.4, 0, 0.4).isWithinLimit()).isTrue();
        assertThat(new ClockDifference(0.4, 0, 0.400001).isWithinLimit()).isFalse();
        assertThat(new ClockDifference(-0.4, 0, 0.4).isWithinLimit()).isTrue();
    }

    @Test
    void differenceIsGuessedInTheMiddleOfTheRoundTrip() {
        ClockDifference difference = new ClockDifference(1000.0, 1000.5, 1000.25);
        assertThat(difference.peerAheadMillis()).isCloseTo(375, within(1e-6));
        assertThat(difference.uncertaintyMillis()).isCloseTo(125, within(1e-6));
        assertThat(difference.describe()).isEqualTo("director's clock 375.000 ms ahead (uncertainty 125.000 ms)");
        assertThat(new ClockDifference(1000.5, 1000.0, 1000.5).describe())
                .isEqualTo("director's clock 500.000 ms behind (uncertainty 0.000 ms)");
    }

    @ParameterizedTest
    @CsvSource({
        "1000.0, 1000.000041, 1000.000164, -0.041 ms..0.123 ms",
        "1000.0, 1000.5, 1002.75, -500.000 ms..2250.000 ms",
        "1000.0, 999.9999996, 1000.0, 0.000 ms..0.000 ms",
        "1000.0, 999.9990001, 1000.0, 1.000 ms..1.000 ms",
        "1000.0, 1000.0, 1000.0, 0.000 ms..0.000 ms"
    })
    void rangeHasThreeDecimals(double before, double peer, double after, String expected) {
        assertThat(new ClockDifference(before, peer, after).range()).isEqualTo(expected);
    }

    @Test
    void passesWhenBothAgree() {
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ZERO)) {
            ClockCheck.Passed passed =
                    check(server, director(0.1), Optional.empty()).run();
            assertThat(passed.director().peerAheadMillis()).isCloseTo(100, within(1e-3));
            assertThat(passed.ntp().isInSync()).isTrue();
        }
    }

    @Test
    void ntpIsCheckedFirstAndTheDirectorNotAskedWhenItFails() {
        List<String> asked = new ArrayList<>();
        Supplier<ClockDifference> director = () -> {
            asked.add("time");
            return new ClockDifference(0, 0, 0);
        };
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ofSeconds(3))) {
            assertThatThrownBy(() -> check(server, director, Optional.empty()).run())
                    .isInstanceOf(ClockException.class)
                    .hasMessageMatching("this machine's clock is 3000\\.000 ms behind NTP server \\S+ \\(.*\\); below"
                            + " 400 ms is required");
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void saysThatTheDirectorIsOff() {
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ZERO)) {
            assertThatThrownBy(
                            () -> check(server, director(2), Optional.empty()).run())
                    .isInstanceOf(ClockException.class)
                    .hasMessageStartingWith("director's clock 2000.000 ms ahead (uncertainty 0.")
                    .hasMessageMatching(".*: the director's side is off against NTP, by 2000 ms");
        }
    }

    @Test
    void saysThatThisSideIsOff() {
        // NTP says +350 ms, which is in sync by the rule; the director agrees with NTP up to 60 ms more.
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ofMillis(350))) {
            assertThatThrownBy(() ->
                            check(server, director(0.41), Optional.empty()).run())
                    .hasMessageMatching(".*: this machine's side is off against NTP, by 350 ms");
        }
    }

    @Test
    void setsBothClocksOnceWhenAskedTo() {
        List<String> done = new ArrayList<>();
        try (SntpServer server = SntpServer.start(ANY, time, Duration.ZERO)) {
            Supplier<ClockDifference> director = director(1);
            Supplier<ClockDifference> repairable =
                    () -> done.size() == 2 ? director(0).get() : director.get();
            ClockCheck.Repair repair =
                    new ClockCheck.Repair(() -> done.add("set_ntp"), where -> done.add("here " + where));

            check(server, repairable, Optional.of(repair)).run();
            assertThat(done).containsExactly("set_ntp", "here " + server.address());

            done.clear();
            assertThatThrownBy(
                            () -> check(server, director, Optional.of(repair)).run())
                    .isInstanceOf(ClockException.class);
            assertThat(done).hasSize(2);
        }
    }

    private ClockCheck check(
            SntpServer server, Supplier<ClockDifference> director, Optional<ClockCheck.Repair> repair) {
        return new ClockCheck(new NtpClient(4, TestDeadlines.seconds(5), time), server.address(), director, repair);
    }

    private static Supplier<ClockDifference> director(double aheadSeconds) {
        return () -> new ClockDifference(1000, 1000 + aheadSeconds, 1000);
    }
}
