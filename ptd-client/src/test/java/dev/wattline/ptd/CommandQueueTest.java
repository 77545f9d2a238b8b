package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wattline.model.RangeSetting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandQueueTest {
    private static final PtdCommand<?> WATTS = new MeasurementQuery.Statistics(Quantity.WATTS);
    private static final String WATTS_REPLY = "Watts,1,1,1,1,0,1\r\n";

    private final Loopback ptd = new Loopback();

    @Test
    void aCommandIsSentOnlyWhenTheOneBeforeItIsAnswered() {
        var hello = ptd.execute(new PtdCommand.Hello());
        var ranges = ptd.execute(new PtdCommand.ReadRanges());
        assertThat(ptd.written()).containsExactly("Hello");

        ptd.receive("Hello, PTDaemon here!\r\n");
        assertThat(hello).isCompletedWithValue("Hello, PTDaemon here!");
        assertThat(ptd.written()).containsExactly("RR");

        ptd.receive("Ranges,0,0.500000,1,300.000000\r\n");
        assertThat(value(ranges).initialAmps()).isEqualTo(RangeSetting.ofText("0.500000"));
        assertThat(ptd.written()).isEmpty();
    }

    @Test
    void connectionsOfDifferentLoopsCannotBeToldTogether() {
        List<PtdConnection> connections = List.of(ptd.connection(), new Loopback().connection());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PtdConnection.executeTogether(connections, new PtdCommand.Stop()));
        assertThat(ptd.written()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'\r\n'", "'\n'"})
    void bothLineEndsAreUnderstood(String end) {
        var stop = ptd.execute(new PtdCommand.Stop());
        ptd.receive("Stopping untimed measurement" + end);
        assertThat(stop).isCompletedWithValue("Stopping untimed measurement");
    }

    @Test
    void badBytesAreReplacedAndFailNothing() {
        var raw = ptd.execute(new PtdCommand.Raw("Identify"));
        ptd.receive(new byte[] {'W', 'T', (byte) 0xFF, (byte) 0xC3, '1', '\r', '\n'});
        assertThat(value(raw).line()).isEqualTo("WT\uFFFD\uFFFD1");
    }

    @Test
    void aReplyWithRowsEndsWithItsLastRowAndTheNextOneFollowsInTheSamePacket() {
        var rows = ptd.execute(new MeasurementQuery.ReadLast());
        ptd.receive("Last 3 samples\r\na\r\nb\r\n");
        assertThat(rows).isNotDone();
        ptd.receive("c\r\nstray\r\n");
        assertThat(value(rows).rows()).containsExactly("a", "b", "c");
        assertThat(value(rows).header()).isEqualTo("Last 3 samples");
        assertThat(ptd.events).last().isEqualTo("? stray");
        assertThat(ptd.isOpen()).isTrue();
    }

    @Test
    void noSamplesAreAReplyOfTheHeaderAlone() {
        var rows = ptd.execute(new MeasurementQuery.ReadLast());
        ptd.receive("Last 0 samples\r\n");
        assertThat(value(rows).size()).isZero();
    }

    @Test
    void aRefusalFailsItsCommandOnly() {
        var stop = ptd.execute(new PtdCommand.Stop());
        var watts = ptd.execute(WATTS);
        ptd.receive("Error: no measurement to stop\r\n");
        ptd.receive(WATTS_REPLY);

        PtdCommandRejectedException refusal = failure(stop, PtdCommandRejectedException.class);
        assertThat(refusal.rejection()).isEqualTo(Rejection.ERROR);
        assertThat(refusal.reply()).isEqualTo("Error: no measurement to stop");
        assertThat(refusal).hasMessageContaining("'Stop'").hasMessageContaining("analyzer.test:8888");
        assertThat(refusal.remedy()).isPresent();
        assertThat(watts).isCompleted();
    }

    @ParameterizedTest
    @CsvSource({
        "Invalid number of parameters, INVALID_PARAMETERS",
        "Invalid channel, INVALID",
        "Unknown command, UNKNOWN_COMMAND",
        "Null channel, NULL_CHANNEL",
        "Channel number out of range, CHANNEL_OUT_OF_RANGE",
        "Meter busy, METER_BUSY",
        "No unread samples, NO_UNREAD_SAMPLES",
        "Insufficient unread samples, INSUFFICIENT_UNREAD_SAMPLES",
        "Error in parameter, ERROR",
    })
    void eachKnownRefusalIsToldApart(String reply, Rejection expected) {
        var rows = ptd.execute(new MeasurementQuery.ReadLast(Selector.of(2), Selector.of(1)));
        ptd.receive(reply + "\r\n");
        assertThat(failure(rows, PtdCommandRejectedException.class).rejection()).isEqualTo(expected);
        assertThat(ptd.isOpen()).isTrue();
    }

    @Test
    void garbageFailsItsCommandAndEndsTheConnection() {
        var go = ptd.execute(new PtdCommand.Go(1000, 0, "m"));
        var watts = ptd.execute(WATTS);
        ptd.receive("Range V changed\r\n" + WATTS_REPLY);

        PtdProtocolException garbage = failure(go, PtdProtocolException.class);
        assertThat(garbage).hasMessageContaining("'Go,1000,0,m'").hasMessageContaining("'Range V changed'");
        assertThat(garbage.command()).contains("Go,1000,0,m");
        assertThat(failure(watts, PtdConnectionException.class)).hasMessageContaining("was not sent");
        assertThat(ptd.isOpen()).isFalse();
        assertThat(ptd.events)
                .containsExactly(
                        "> Go,1000,0,m",
                        "< Go,1000,0,m: Range V changed",
                        "! Go,1000,0,m: PtdProtocolException",
                        "! Watts: PtdConnectionException",
                        "closed PROTOCOL");
    }

    @Test
    void aLateReplyIsNeverTakenForTheNextOnesBecauseATimeoutEndsTheConnection() {
        var watts = ptd.execute(WATTS);
        var again = ptd.execute(WATTS);
        ptd.advance(Duration.ofMillis(4_999));
        assertThat(watts).isNotDone();
        ptd.advance(Duration.ofMillis(1));

        PtdTimeoutException timeout = failure(watts, PtdTimeoutException.class);
        assertThat(timeout.deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(timeout).hasMessageContaining("did not answer 'Watts' within 5 s");
        assertThat(failure(again, PtdConnectionException.class)).hasCause(timeout);
        assertThat(value(ptd.connection().closed()).source()).isEqualTo(PtdClosure.Source.TIMEOUT);
        assertThat(ptd.isOpen()).isFalse();
        assertThat(failure(ptd.execute(WATTS), PtdConnectionException.class)).hasMessageContaining("was not sent");
    }

    @Test
    void aDeadlineRunsFromTheMomentItsCommandIsSent() {
        var first = ptd.execute(new PtdCommand.SetVolts(RangeSetting.auto()));
        var second = ptd.execute(new PtdCommand.SetAmps(RangeSetting.auto()));
        ptd.advance(Duration.ofSeconds(14));
        ptd.receive("Range V changed\r\n");
        ptd.advance(Duration.ofSeconds(14));
        ptd.receive("Range A changed\r\n");
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
    }

    @Test
    void theFirstReplyBehindStopMayWaitForTheTick() {
        var go = ptd.execute(new PtdCommand.Go(2000, 0, "m"));
        ptd.receive("Starting untimed measurement, maximum 500000 samples at 2000ms with 0 rampup samples\r\n");
        var stop = ptd.execute(new PtdCommand.Stop());
        ptd.receive("Stopping untimed measurement\r\n");
        assertThat(stop).isCompleted();
        var watts = ptd.execute(WATTS);
        ptd.advance(Duration.ofMillis(6_999));
        ptd.receive(WATTS_REPLY);
        assertThat(go).isCompleted();
        assertThat(watts).isCompleted();

        var second = ptd.execute(WATTS);
        ptd.advance(Duration.ofSeconds(5));
        failure(second, PtdTimeoutException.class);
    }

    @Test
    void rowsHaveADeadlineOfTheirOwnFromTheHeaderOn() {
        var rows = ptd.execute(new MeasurementQuery.ReadLast());
        ptd.advance(Duration.ofSeconds(4));
        ptd.receive("Last 2 samples\r\na\r\n");
        ptd.advance(Duration.ofMillis(29_999));
        assertThat(rows).isNotDone();
        ptd.advance(Duration.ofMillis(1));
        assertThat(failure(rows, PtdTimeoutException.class))
                .hasMessageContaining("within 30 s")
                .hasMessageContaining("only 1 of 2 rows came behind 'Last 2 samples'");
    }

    @Test
    void aDeadlineOfTheCallerIsForTheWholeReply() {
        var rows = ptd.connection().execute(new MeasurementQuery.ReadLast(), Duration.ofSeconds(2));
        ptd.advance(Duration.ofSeconds(1));
        ptd.receive("Last 2 samples\r\na\r\n");
        ptd.advance(Duration.ofSeconds(1));
        assertThat(failure(rows, PtdTimeoutException.class).deadline()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void lossOfTheConnectionFailsEverythingPendingAtOnce() {
        var watts = ptd.execute(WATTS);
        var ranges = ptd.execute(new PtdCommand.ReadRanges());
        ptd.disconnect();
        assertThat(failure(watts, PtdConnectionException.class)).hasMessageContaining("got no answer");
        assertThat(failure(ranges, PtdConnectionException.class)).hasMessageContaining("was not sent");
        PtdClosure closure = value(ptd.connection().closed());
        assertThat(closure.source()).isEqualTo(PtdClosure.Source.PEER);
        assertThat(closure.failure()).get().isInstanceOf(PtdConnectionException.class);
    }

    @Test
    void lossIsToldWhileNothingIsPending() {
        var closed = ptd.connection().closed();
        assertThat(ptd.connection().isOpen()).isTrue();
        ptd.disconnect();
        assertThat(closed).isCompleted();
        assertThat(ptd.connection().isOpen()).isFalse();
    }

    @Test
    void closingOnPurposeIsNoFailure() {
        var watts = ptd.execute(WATTS);
        ptd.connection().close();
        ptd.connection().close();
        assertThat(value(ptd.connection().closed())).isEqualTo(PtdClosure.local());
        failure(watts, PtdConnectionException.class);
        assertThat(ptd.events).containsOnlyOnce("closed LOCAL");
    }

    @Test
    void unsolicitedLinesAreReportedAndAnswerNothing() {
        ptd.receive("Welcome\r\n");
        var hello = ptd.execute(new PtdCommand.Hello());
        assertThat(hello).isNotDone();
        ptd.receive("Hello, PTDaemon here!\r\n");
        assertThat(hello).isCompleted();
        assertThat(ptd.events).startsWith("? Welcome", "> Hello");
    }

    @Test
    void aLineBeyondTheLimitEndsTheConnectionBeforeItsEndHasCome() {
        var identify = ptd.execute(new PtdCommand.Identify());
        ptd.receive("x".repeat(65_536));
        assertThat(identify).isNotDone();
        ptd.receive("x");
        assertThat(failure(identify, PtdProtocolException.class)).hasMessageContaining("more than 65536 bytes");
        assertThat(ptd.isOpen()).isFalse();
    }

    @Test
    void moreSamplesThanAllowedAreNotWaitedFor() {
        var allowed = new Loopback(new PtdOptions(PtdDeadlines.DEFAULT, 1_000, 2, 1_000));
        var rows = allowed.execute(new MeasurementQuery.ReadLast());
        allowed.receive("Last 3 samples\r\n");
        assertThat(failure(rows, PtdProtocolException.class)).hasMessageContaining("more than the 2 samples");

        var huge = ptd.execute(new MeasurementQuery.ReadLast());
        ptd.receive("Last 99999999999999999 samples\r\n");
        failure(huge, PtdProtocolException.class);
    }

    @Test
    void moreBytesThanAllowedAreNotKept() {
        var limited = new Loopback(new PtdOptions(PtdDeadlines.DEFAULT, 1_000, 100, 10));
        var rows = limited.execute(new MeasurementQuery.ReadLast());
        limited.receive("Last 3 samples\r\n12345\r\n123456\r\n");
        assertThat(failure(rows, PtdProtocolException.class)).hasMessageContaining("more than 10 bytes of rows");
    }

    @Test
    void aCommandCancelledWhileItWaitsIsNotSent() {
        var watts = ptd.execute(WATTS);
        var stop = ptd.execute(new PtdCommand.Stop());
        var ranges = ptd.execute(new PtdCommand.ReadRanges());
        stop.cancel(false);
        ptd.receive(WATTS_REPLY);
        assertThat(watts).isCompleted();
        assertThat(ptd.written()).containsExactly("Watts", "RR");
        assertThat(ranges).isNotDone();
    }

    @Test
    void theReplyToACommandCancelledInFlightIsDropped() {
        var watts = ptd.execute(WATTS);
        var stop = ptd.execute(new PtdCommand.Stop());
        watts.cancel(false);
        ptd.receive(WATTS_REPLY + "Stopping untimed measurement\r\n");
        assertThat(stop).isCompletedWithValue("Stopping untimed measurement");
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        PtdListener broken = new PtdListener() {
            @Override
            public void replied(PtdExchange exchange) {
                throw new IllegalStateException("a bug in a listener");
            }
        };
        var channel = new io.netty.channel.embedded.EmbeddedChannel();
        var queue =
                new CommandQueue(Loopback.ENDPOINT, PtdOptions.DEFAULT, dev.wattline.model.TimeSource.system(), broken);
        queue.install(channel.pipeline());
        var connection = new PtdConnection(Loopback.ENDPOINT, channel.eventLoop(), queue, PtdOptions.DEFAULT);
        var stop = connection.execute(new PtdCommand.Stop());
        channel.writeInbound(io.netty.buffer.Unpooled.copiedBuffer(
                "Stopping untimed measurement\r\n", java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(stop).isCompleted();
    }

    @Test
    void theTranscriptHoldsTheHeaderOfSamplesAndRefusalsButNoRows() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("Invalid number of parameters\r\n");
        ptd.receive("Last 1 samples\r\nrow\r\n");
        assertThat(value(rows).rows()).isEqualTo(List.of("row"));
        assertThat(ptd.transcript.messages())
                .containsExactly(
                        new PtdTranscript.Message("RL,*,*", "Invalid number of parameters"),
                        new PtdTranscript.Message("RL", "Last 1 samples"));
    }

    /** The result, which must be there: waiting would be for ever, for nothing happens but what the test does. */
    static <T> T value(CompletableFuture<T> future) {
        assertThat(future).isCompleted();
        return future.join();
    }

    static <E extends PtdException> E failure(CompletableFuture<?> future, Class<E> expected) {
        assertThat(future).isCompletedExceptionally();
        return expected.cast(future.handle((value, failure) -> failure).join());
    }
}
