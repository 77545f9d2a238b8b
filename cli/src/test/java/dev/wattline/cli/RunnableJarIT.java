package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattline.cli.check.QuickCheck;
import dev.wattline.testing.TestDeadlines;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one jar that all commands run from. */
class RunnableJarIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int JAVA_8 = 52;

    @TempDir
    Path scratch;

    @Test
    void checkStartsWithoutLoggingAndWithoutNetwork() throws Exception {
        Path classes = scratch.resolve("classes");
        run(JAVA, "-Xlog:class+load:file=" + classes, "-jar", jar(), "check", scratch.toString());

        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains(QuickCheck.class.getName()))
                .noneMatch(line -> line.contains("logback") || line.contains("slf4j") || line.contains("io.netty"));
    }

    @Test
    void holdsTheLicencesOfWhatItContains() throws IOException {
        try (JarFile jar = new JarFile(jar())) {
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .contains(
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/THIRD-PARTY.md",
                            "META-INF/services/ch.qos.logback.classic.spi.Configurator")
                    .noneMatch(name -> name.endsWith(".SF") || name.equals("module-info.class"));
            assertThat(jar.isMultiRelease()).isTrue();
        }
    }

    @Test
    void everyClassIsNewEnoughForTheClassArchive() throws IOException {
        try (JarFile jar = new JarFile(jar())) {
            List<JarEntry> picocli = jar.stream()
                    .filter(entry -> entry.getName().startsWith("picocli/")
                            && entry.getName().endsWith(".class"))
                    .toList();
            assertThat(picocli).isNotEmpty();
            for (JarEntry entry : picocli) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    assertThat(in.readInt()).isEqualTo(0xcafebabe);
                    assertThat(in.readInt())
                            .as("class file version of " + entry)
                            .isGreaterThanOrEqualTo(JAVA_8);
                }
            }
        }
    }

    @Test
    void warmUpLeavesNothingBehind() throws Exception {
        run(JAVA, "-Djava.io.tmpdir=" + scratch, "-jar", jar(), "warm-up");

        assertThat(LauncherSandbox.filesEnding(scratch, "")).containsExactly("output");
    }

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        assumeThat(Files.isExecutable(Path.of("/bin/bash"))).as("bash is there").isTrue();
        Path completion = scratch.resolve("completion");
        Files.writeString(completion, run(JAVA, "-jar", jar(), "completion", "bash"));

        String script = ". '" + completion + "'; compopt() { :; }; "
                + "COMP_WORDS=(wattline che) COMP_CWORD=1; _complete_wattline; echo \"${COMPREPLY[@]}\"; "
                + "COMP_WORDS=(wattline check --ver) COMP_CWORD=2; _complete_wattline; echo \"${COMPREPLY[@]}\"";

        assertThat(run("/bin/bash", "-c", script).lines()).containsExactly("check", "--version --verbose");
    }

    private static String jar() {
        return LauncherSandbox.builtJar().toString();
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path output = scratch.resolve("output");
        Process process = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        TestDeadlines.exitOf(process, 60);
        return Files.readString(output);
    }
}
