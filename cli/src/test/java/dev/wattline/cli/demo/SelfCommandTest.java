package dev.wattline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfCommandTest {
    @TempDir
    Path folder;

    @Test
    void usesTheLauncherThatStartedThisProcess() {
        SelfCommand self = SelfCommand.of("/opt/watt line/wattline", Path.of("/jdk"), "a.jar");

        assertThat(self.with("run", "-p", "1")).containsExactly("/opt/watt line/wattline", "run", "-p", "1");
        assertThat(self.shellLine("run", "it's")).isEqualTo("'/opt/watt line/wattline' run 'it'\\''s'");
    }

    @Test
    void startsThisJvmWhereThereWasNoLauncher() {
        assertThat(SelfCommand.of(null, Path.of("/jdk"), "/lib/wattline.jar").with("check"))
                .startsWith("/jdk/bin/java")
                .endsWith("-cp", "/lib/wattline.jar", "dev.wattline.cli.Main", "check");
    }

    @Test
    void isNamedAsItIsTypedInTheWorkingFolder() {
        SelfCommand launched = SelfCommand.of("/opt/watt line/wattline", Path.of("/jdk"), "a.jar");

        assertThat(launched.typedIn(Path.of("/opt/watt line"))).isEqualTo("./wattline");
        assertThat(launched.typedIn(Path.of("/home/me"))).isEqualTo("'/opt/watt line/wattline'");
        assertThat(SelfCommand.of(null, Path.of("/jdk"), "a.jar").typedIn(Path.of("/home/me")))
                .isEqualTo("./wattline");
    }

    @Test
    void writesAScriptThatPassesItsArgumentsOn() throws IOException, InterruptedException {
        Path script = folder.resolve("a script");
        SelfCommand.of("/bin/echo", Path.of("/jdk"), "").writeScript(script, "one word");

        Process process = new ProcessBuilder(script.toString(), "two  words", "$HOME").start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(printed).isEqualTo("one word two  words $HOME\n");
        assertThat(Files.isExecutable(script)).isTrue();
    }
}
