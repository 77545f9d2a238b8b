package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IoErrorsTest {
    @TempDir
    private Path folder;

    @Test
    void whatTheFileSystemThrowsIsToldInWords() throws IOException {
        Files.createFile(folder.resolve("file"));

        assertThat(trouble(() -> Files.readString(folder.resolve("none"))))
                .isEqualTo("there is no such file or folder");
        assertThat(trouble(() -> Files.createDirectory(folder.resolve("file")))).isEqualTo("it exists already");
        assertThat(trouble(() -> Files.delete(folder))).isEqualTo("the folder is not empty");
    }

    @Test
    void theSystemsOwnReasonIsKept() {
        assertThat(IoErrors.of(new NotDirectoryException("a"))).isEqualTo("it is not a folder");
        assertThat(IoErrors.of(new AccessDeniedException("a"))).isEqualTo("permission denied");
        assertThat(IoErrors.of(new FileSystemException("a", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(IoErrors.of(new IOException("Is a directory"))).isEqualTo("Is a directory");
        assertThat(IoErrors.of(new IOException())).isEqualTo("IOException");
    }

    private interface Action {
        void run() throws IOException;
    }

    private static String trouble(Action action) {
        return IoErrors.of(catchThrowableOfType(IOException.class, action::run));
    }
}
