package dev.wattline.director.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {
    private final RequestDeadline deadline = new RequestDeadline();
    private final EmbeddedChannel channel = frozen();

    private EmbeddedChannel frozen() {
        EmbeddedChannel made = new EmbeddedChannel();
        made.freezeTime();
        made.pipeline().addLast(deadline);
        return made;
    }

    private void after(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void aByteComes() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {'G'}));
    }

    @Test
    void aRequestThatTricklesInIsHungUpOnTenSecondsAfterTheConnection() {
        for (int second = 0; second < 9; second++) {
            after(1);
            aByteComes();
        }
        assertThat(channel.isOpen()).isTrue();
        after(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void afterARequestTheNextMayBeginWithin75Seconds() {
        aByteComes();
        deadline.isWhole();
        after(74);
        assertThat(channel.isOpen()).isTrue();
        aByteComes();
        after(9);
        assertThat(channel.isOpen()).isTrue();
        after(1);
        assertThat(channel.isOpen())
                .as("the second request has ten seconds, too")
                .isFalse();
    }

    @Test
    void whoAsksForNothingMoreIsHungUpOn() {
        aByteComes();
        deadline.isWhole();
        after(75);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aViewerReadsForAsLongAsItLikes() {
        aByteComes();
        deadline.end();
        after(3600);
        assertThat(channel.isOpen()).isTrue();
    }
}
