package dev.wattline.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.core.util.Duration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The director's log on disk: its rotation, and what stands in its way. */
@ResourceLock(Resources.SYSTEM_OUT)
class DirectorLogFileTest {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorLogFileTest.class);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"logs", "50 % of (all)", "%i %d"})
    void fullFilesAreNumberedAndTheOldestGo(String name) throws IOException {
        Path file = folder.resolve(name).resolve("director.log");
        DirectorLogFile.attach(file, 1, Duration.buildByMilliseconds(1));
        try {
            Awaitility.await().until(() -> {
                LOG.warn("a line of the director's log");
                return Files.exists(numbered(file, 5)) && Files.size(numbered(file, 1)) > 0;
            });
            for (int i = 0; i < 20; i++) {
                LOG.warn("one more");
            }
        } finally {
            DirectorLogFile.detach();
        }

        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(names(file));
        }
        assertThat(Files.readString(numbered(file, 1))).contains("[WARN]");
    }

    private static List<String> names(Path file) {
        return Stream.concat(Stream.of(file), Stream.of(1, 2, 3, 4, 5).map(number -> numbered(file, number)))
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private static Path numbered(Path file, int number) {
        return file.resolveSibling("director.log." + number);
    }

    @Test
    void aLogThatCannotBeWrittenIsToldBeforeTheStart() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DirectorLogFile.attach(inTheWay.resolve("director.log")))
                .isInstanceOfSatisfying(DirectorLogException.class, e -> {
                    assertThat(e).hasMessageContaining("cannot write the director's log " + inTheWay);
                    assertThat(e.remedy().orElse("")).contains("logFile");
                });
    }
}
