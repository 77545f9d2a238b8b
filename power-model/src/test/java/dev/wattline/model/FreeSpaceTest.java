package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
    @TempDir
    Path folder;

    @Test
    void isThatOfTheFileSystemThatHoldsTheFolder() throws Exception {
        long total = Files.getFileStore(folder).getTotalSpace();
        assertThat(FreeSpace.of(folder)).isPositive().isLessThanOrEqualTo(total);
    }

    @Test
    void missingFolderIsAnError() {
        assertThatThrownBy(() -> FreeSpace.of(folder.resolve("missing"))).isInstanceOf(NoSuchFileException.class);
    }
}
