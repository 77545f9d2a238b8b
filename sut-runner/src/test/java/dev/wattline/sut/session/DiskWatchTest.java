package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.ManualTimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);

    @TempDir
    private Path folder;

    @Test
    void namesADiskWithoutRoomOnceForAllFoldersOnIt() {
        Path output = folder.resolve("out/not/there/yet");
        DiskWatch watch = new DiskWatch(List.of(output, folder.resolve("logs")), Long.MAX_VALUE, time::nanoTime);

        assertThat(watch.tick()).singleElement().asString().contains("MB are left", output.toString(), "Remedy");
        time.advance(Duration.ofMinutes(2));
        assertThat(watch.tick()).isEmpty();
    }

    @Test
    void saysNothingWhereThereIsRoom() {
        assertThat(new DiskWatch(List.of(folder), 1, time::nanoTime).tick()).isEmpty();
    }
}
