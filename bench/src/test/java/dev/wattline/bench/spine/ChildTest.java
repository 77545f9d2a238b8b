package dev.wattline.bench.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.testing.TestDeadlines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs sh")
class ChildTest {
    private static final Duration SOON = TestDeadlines.seconds(20);

    @TempDir
    private Path folder;

    @Test
    void answersLinesWithLines() throws Exception {
        try (Child child = start("while read line; do echo noise; echo \"got $line\"; done")) {
            child.send("first");
            child.send("second");

            assertThat(child.await(Pattern.compile("got (.*)"), SOON).group(1)).isEqualTo("first");
            assertThat(child.await(Pattern.compile("got (.*)"), SOON).group(1)).isEqualTo("second");
        }
    }

    @Test
    void tellsWhatItSaidWhenItEndsTooEarly() throws Exception {
        try (Child child = start("echo no such thing >&2")) {
            assertThatThrownBy(() -> child.await(Pattern.compile("ready"), SOON))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("ended while a line like 'ready' was due")
                    .hasMessageContaining("no such thing");
        }
    }

    @Test
    void givesUpOnASilentOne() throws Exception {
        try (Child child = start("exec sleep 60")) {
            assertThatThrownBy(() -> child.await(Pattern.compile("ready"), Duration.ofMillis(50)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("printed nothing");
        }
    }

    private Child start(String script) throws IOException {
        return Child.start("child", List.of("sh", "-c", script), Map.of(), folder);
    }
}
