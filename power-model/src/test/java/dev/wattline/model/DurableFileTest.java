package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableFileTest {
    @TempDir
    Path folder;

    @Test
    void theNewTextTakesThePlaceOfTheOldOneAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("state"), "an old text that is longer");
        Files.writeString(folder.resolve("state.part"), "left over by a kill");

        DurableFile.replace(file, "nöw");

        assertThat(file).hasContent("nöw");
        assertThat(names()).containsExactly("state");
    }

    @Test
    void whereItCannotBeRenamedTheOldStaysAndThePartIsDeleted() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("state"));
        Files.writeString(taken.resolve("inside"), "kept");

        assertThatThrownBy(() -> DurableFile.replace(taken, "new")).isInstanceOf(IOException.class);

        assertThat(taken.resolve("inside")).hasContent("kept");
        assertThat(names()).containsExactly("state");
    }

    @Test
    void anInterruptedThreadWritesTheDurableFileAndStaysInterrupted() throws IOException {
        Path file = folder.resolve("state");
        Thread.currentThread().interrupt();
        try {
            DurableFile.replace(file, "text");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(file).hasContent("text");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPrivateFileIsPrivateAlsoWhereAnotherWasNot() throws IOException {
        Path file = Files.writeString(folder.resolve("job"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        DurableFile.replace(
                file, "secret", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    private Stream<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toList().stream();
        }
    }
}
