package dev.wattline.protocol.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.live.PushedLine.Event;
import dev.wattline.protocol.live.PushedLine.LiveValues;
import dev.wattline.protocol.live.PushedLine.Other;
import dev.wattline.protocol.live.PushedLine.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every line of docs/protocol-extension.md, and what a newer peer may send. */
class PushedLineTest {
    private static final Instant AT = Instant.parse("2026-11-22T04:48:46.343Z");

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments(
                        "* progress,elapsed=3.0,expected=23.5,text=settling, 10 s",
                        new Progress("settling, 10 s", Duration.ofSeconds(3), Duration.ofMillis(23_500))),
                arguments(
                        "* live,at=2026-11-22T04:48:46.343Z,phase=ranging,watts=199.96,samples=12",
                        new LiveValues(AT, Phase.RANGING, 199.96, 12)),
                arguments(
                        "* event,severity=fatal,at=2026-11-22T04:48:46.343Z,code=ptd-lost,text=PTDaemon of analyzer 1"
                                + " ended with status 139",
                        new Event(
                                EventSeverity.FATAL, AT, "ptd-lost", "PTDaemon of analyzer 1 ended with status 139")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void lineAndValueAreOne(String line, PushedLine value) {
        assertThat(PushedLine.isPushed(line)).isTrue();
        assertThat(PushedLine.parse(line)).isEqualTo(value);
        assertThat(value.line()).isEqualTo(line);
    }

    @Test
    void unknownKeysAreSkipped() {
        assertThat(PushedLine.parse("* live,at=2026-11-22T04:48:46.343Z,volts=230,samples=1,watts=5,phase=testing"))
                .isEqualTo(new LiveValues(AT, Phase.TESTING, 5, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* ",
                "* weather,text=rain",
                "* live,at=yesterday,phase=ranging,watts=1,samples=1",
                "* live,phase=ranging,watts=1,samples=1",
                "* live,at=2026-11-22T04:48:46Z,phase=idle,watts=1,samples=1",
                "* progress,elapsed=-1,expected=0,text=x",
                "* progress,elapsed=1e999999999,expected=0,text=x",
                "* progress,elapsed=,expected=0,text=x",
                "* event,severity=odd,at=2026-11-22T04:48:46Z,code=x,text=y"
            })
    void whatThisVersionDoesNotKnowIsKept(String line) {
        assertThat(PushedLine.parse(line)).isEqualTo(new Other(line));
    }

    @Test
    void agreementSurvivesTheWire() {
        Agreement plain = new Agreement(1, EnumSet.of(Feature.LIVE, Feature.PROGRESS), Optional.empty());
        assertThat(plain.reply().line()).isEqualTo("OK wattline,1,progress,live");
        assertThat(Agreement.of(plain.reply())).hasValue(plain);

        Agreement locked = new Agreement(1, Set.of(), Optional.of("00ff"));
        assertThat(locked.reply().line()).isEqualTo("OK wattline,1,nonce=00ff");
        assertThat(Agreement.of(locked.reply())).hasValue(locked);
    }

    @Test
    void newerDirectorsFeaturesAreSkippedAndOthersRefuse() {
        assertThat(Agreement.of(ControlReply.parse("OK wattline,2,telepathy,events")))
                .hasValue(new Agreement(2, Set.of(Feature.EVENTS), Optional.empty()));
        for (String refusal : List.of("Error", "OK", "OK wattline", "OK wattline,x", "wattline,1")) {
            assertThat(Agreement.of(ControlReply.parse(refusal))).as(refusal).isEmpty();
        }
    }

    @Test
    void proofNeedsTokenAndNonce() {
        String nonce = TokenProof.nonce();
        String proof = TokenProof.of("secret", nonce);
        assertThat(proof).hasSize(64).doesNotContain("secret");
        assertThat(TokenProof.isRight("secret", nonce, proof)).isTrue();
        assertThat(TokenProof.isRight("other", nonce, proof)).isFalse();
        assertThat(TokenProof.isRight("secret", TokenProof.nonce(), proof)).isFalse();
        assertThat(TokenProof.isRight("secret", nonce, "")).isFalse();
        // RFC 4231, test case 2
        assertThat(TokenProof.of("Jefe", "what do ya want for nothing?"))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
