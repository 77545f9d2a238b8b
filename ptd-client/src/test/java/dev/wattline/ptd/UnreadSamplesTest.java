package dev.wattline.ptd;

import static dev.wattline.ptd.CommandQueueTest.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnreadSamplesTest {
    private final Loopback ptd = new Loopback();

    @Test
    void aMultichannelAnalyzerAnswersTheFirstForm() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("Last 1 samples from sum channel and channels 1 - 3\r\nrow\r\n");
        assertThat(value(rows).rows()).containsExactly("row");
        assertThat(ptd.written()).containsExactly("RL,*,*");
    }

    @Test
    void aSingleChannelAnalyzerRefusesTheParametersAndAnswersThePlainForm() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("Invalid number of parameters\r\n");
        ptd.receive("Last 1 samples\r\nrow\r\n");
        assertThat(value(rows).header()).isEqualTo("Last 1 samples");
        assertThat(ptd.written()).containsExactly("RL,*,*", "RL");
    }

    @Test
    void aDcAnalyzerDoesNotKnowTheCommandAndAnswersItsOwn() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("Unknown command\r\n");
        ptd.receive("Last 1 samples\r\nrow\r\n");
        assertThat(value(rows).rows()).containsExactly("row");
        assertThat(ptd.written()).containsExactly("RL,*,*", "DC-RL");
    }

    @Test
    void theSecondFormIsTheLast() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("Invalid number of parameters\r\n");
        ptd.receive("Unknown command\r\n");
        assertThat(rows).isCompletedExceptionally();
        assertThat(ptd.written()).containsExactly("RL,*,*", "RL");
        assertThat(ptd.isOpen()).isTrue();
    }

    @Test
    void nothingUnreadIsAnEmptyResult() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("No unread samples\r\n");
        assertThat(value(rows).size()).isZero();
        assertThat(value(rows).header()).isEqualTo("No unread samples");
    }

    @Test
    void anyOtherRefusalIsPassedOn() {
        var rows = ptd.connection().readUnreadSamples();
        ptd.receive("Meter busy\r\n");
        assertThat(rows)
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PtdCommandRejectedException.class);
        assertThat(ptd.written()).containsExactly("RL,*,*");
    }
}
