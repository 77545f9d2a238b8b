package dev.wattline.director.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingFileTest {
    /** Linux's device that has never any room. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    private Path folder;

    @Test
    void appendsToWhatIsThere() throws IOException {
        Path path = folder.resolve("log");
        Files.writeString(path, "one\n");

        try (GrowingFile file = new GrowingFile(path)) {
            assertThat(file.append("two\n")).isTrue();
            file.force();
            assertThat(path).hasContent("one\ntwo");
            assertThat(file.append("three\n")).isTrue();
        }

        assertThat(path).hasContent("one\ntwo\nthree");
    }

    @Test
    void saysWhatHasNoRoomAndGoesOn() throws IOException {
        assumeThat(FULL).as("this system has %s", FULL).exists();
        GrowingFile file = new GrowingFile(FULL);

        assertThat(file.append("one\n")).isFalse();
        assertThat(file.append("two\n")).isFalse();
        assertThatThrownBy(file::end).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        assertThat(file.isOpen()).isTrue();
        assertThatThrownBy(file::close).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        assertThat(file.isOpen()).isFalse();
    }
}
