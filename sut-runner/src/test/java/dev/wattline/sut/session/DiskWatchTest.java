package dev.wattline.sut.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskWatchTest {
    @TempDir
    private Path folder;

    @Test
    void namesADiskWithoutRoomOnceForAllFoldersOnIt() {
        Path output = folder.resolve("out/not/there/yet");
        DiskWatch watch = new DiskWatch(List.of(output, folder.resolve("logs")), Long.MAX_VALUE);

        assertThat(watch.look()).singleElement().asString().contains("MB are left", output.toString(), "Remedy");
        assertThat(watch.look()).isEmpty();
    }

    @Test
    void saysNothingWhereThereIsRoom() {
        assertThat(new DiskWatch(List.of(folder), 1).look()).isEmpty();
    }
}
