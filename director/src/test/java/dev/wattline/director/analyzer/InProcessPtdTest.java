package dev.wattline.director.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InProcessPtdTest {
    private final CompletableFuture<Integer> mock = new CompletableFuture<>();
    private final InProcessPtd ptd = new InProcessPtd(mock, () -> {});

    @Test
    void runsUntilTheMockHasEnded() {
        assertThat(ptd.ended()).isNotDone();

        mock.complete(3);

        assertThat(ptd.ended()).isCompletedWithValue(3);
        assertThat(ptd.lastWords()).contains("exit status 3");
    }

    /** Whoever waits for it to listen need not wait any longer. */
    @Test
    void hasEndedWhenTheMockFailedAndSaysWhy() {
        mock.completeExceptionally(new IllegalStateException("cannot listen on port 8888"));

        assertThat(ptd.ended()).isCompletedWithValue(1);
        assertThat(ptd.lastWords()).contains("cannot listen on port 8888");
    }
}
