package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher scripts as a user starts them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts for POSIX shells")
class LauncherIT {
    /** A Java that prints each of its arguments in brackets. */
    private static final String ECHO = "for a in \"$@\"; do printf '[%s]' \"$a\"; done\n";

    @TempDir
    Path scratch;

    private LauncherSandbox sandbox;

    @BeforeEach
    void checkout() throws IOException {
        sandbox = new LauncherSandbox(scratch, "check out");
    }

    private void noArchives() {
        sandbox.environment.put("WATTLINE_NO_CDS", "1");
    }

    // --- Build

    @Test
    void missingJarIsBuiltOnceAndOnlyTheProgramWritesToStdout() throws Exception {
        noArchives();
        sandbox.tool("javac", "exit 1\n");
        sandbox.javaHome("17.0.9", ECHO);
        sandbox.maven("echo 'from Maven'; mkdir -p cli/target; touch cli/target/wattline.jar\n");

        Outcome first = sandbox.run(sandbox.launcher(), "--version");
        Outcome second = sandbox.run(sandbox.launcher(), "--version");

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).startsWith("[").doesNotContain("from Maven");
        assertThat(first.err()).contains("building cli/target/wattline.jar");
        assertThat(second.err()).isEmpty();
        assertThat(Files.readAllLines(sandbox.mavenLog())).hasSize(1);
    }

    @Test
    void concurrentFirstStartsBuildOnce() throws Exception {
        noArchives();
        sandbox.javaHome("17.0.9", ECHO);
        Path gate = scratch.resolve("gate");
        sandbox.maven("while ! [ -e '" + gate + "' ]; do sleep 0.05; done; touch cli/target/wattline.jar\n");

        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(sandbox.start(sandbox.launcher(), "--version"));
        }
        await().until(() -> Files.exists(sandbox.mavenLog()));
        Files.createFile(gate);

        for (Process start : starts) {
            assertThat(sandbox.outcome(start).exitCode()).isZero();
        }
        assertThat(Files.readAllLines(sandbox.mavenLog())).hasSize(1);
    }

    @Test
    void rebuildBuildsAgainAndThenRunsTheRest() throws Exception {
        noArchives();
        sandbox.withJar();
        sandbox.javaHome("17.0.9", ECHO);
        sandbox.maven("exit 0\n");

        assertThat(sandbox.run(sandbox.launcher(), "--rebuild").out()).isEmpty();
        assertThat(sandbox.run(sandbox.launcher(), "--rebuild", "completion").out())
                .endsWith("[completion]");
        assertThat(Files.readAllLines(sandbox.mavenLog())).hasSize(2);
    }

    @Test
    void failedBuildIsAnErrorOfItsOwn() throws Exception {
        sandbox.javaHome("17.0.9", ECHO);
        sandbox.maven("echo 'cannot resolve'; exit 1\n");

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("cannot resolve", "the build failed");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void buildUnderSudoRunsAsTheCaller() throws Exception {
        assumeThat(LauncherSandbox.isRoot())
                .as("the tests run as root, who can give files away")
                .isTrue();
        noArchives();
        Files.setAttribute(sandbox.root, "unix:uid", 65534);
        sandbox.environment.put("SUDO_USER", "anna");
        sandbox.javaHome("17.0.9", ECHO);
        sandbox.tool("sudo", "echo \"$1 $2 $3\" >>'" + scratch.resolve("sudo.log") + "'; shift 3; exec \"$@\"\n");
        sandbox.maven("touch cli/target/wattline.jar\n");

        assertThat(sandbox.run(sandbox.launcher(), "--version").exitCode()).isZero();
        assertThat(Files.readAllLines(scratch.resolve("sudo.log"))).hasSize(2).containsOnly("-H -u anna");
    }

    // --- What is missing

    @Test
    void missingMavenIsNamedWithWhatToInstall() throws Exception {
        sandbox.javaHome("17.0.9", ECHO);

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("no mvn was found", "Install Maven 3.8.6");
    }

    @Test
    void missingJavaIsNamedWithWhatToInstall() throws Exception {
        sandbox.environment.remove("JAVA_HOME");

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("wattline: no java found. Install a JDK 17 or newer, or point JAVA_HOME at one.\n");
    }

    @Test
    void javaHomeThatLeadsNowhereIsNamed() throws Exception {
        sandbox.environment.put("JAVA_HOME", "/nowhere/jdk");

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("JAVA_HOME is /nowhere/jdk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.22", "16"})
    void oldJavaIsRefusedWithItsVersion(String version) throws Exception {
        sandbox.javaHome(version, ECHO);

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("is Java " + version, "too old");
    }

    @Test
    void javaWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
        sandbox.javaHome("17.0.9", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.delete(Path.of(sandbox.environment.getOrDefault("JAVA_HOME", ""), "release"));

        assertThat(sandbox.run(sandbox.launcher(), "--version").err()).contains("is Java 11.0.2", "too old");
    }

    // --- Arguments and flags

    @Test
    void argumentsArriveAsGiven() throws Exception {
        noArchives();
        sandbox.withJar().javaHome("17.0.9", ECHO);
        String[] hard = {"run", "-w", "./run.sh --a 'b c'", "", "*", "a\nb", "$HOME", "back\\slash", "\"quoted\""};
        List<Object> command = new ArrayList<>(List.of(sandbox.launcher()));
        command.addAll(List.of(hard));

        String out = sandbox.run(command.toArray()).out();

        assertThat(out).endsWith("[" + String.join("][", hard) + "]");
    }

    /** A JVM in the C locale finds no file with such a name; where there is none the workload's locale is not touched. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ergebnisse | ''          | unset
            ergebnisse | C           | C
            größe      | ''          | C.UTF-8
            größe      | C           | C.UTF-8
            größe      | de_DE.UTF-8 | de_DE.UTF-8
            größe      | C.utf8      | C.utf8
            """)
    void namesThatAreNotAsciiNeedALocaleThatHasThem(String output, String locale, String expected) throws Exception {
        assumeThat(System.getProperty("sun.jnu.encoding"))
                .as("encoding of arguments")
                .isEqualTo("UTF-8");
        noArchives();
        sandbox.withJar().javaHome("17.0.9", "printf 'locale %s' \"${LC_ALL-unset}\"\n");
        if (!locale.isEmpty()) {
            sandbox.environment.put("LC_ALL", locale);
        }

        assertThat(sandbox.run(sandbox.launcher(), "run", "-o", output).out()).isEqualTo("locale " + expected);
    }

    @Test
    void runIsStartedWithASmallHeapAndWithoutTheJvmsTimers() throws Exception {
        noArchives();
        sandbox.withJar().javaHome("17.0.9", ECHO);

        assertThat(sandbox.run(sandbox.launcher(), "run").out())
                .contains("[-Xmx48m]", "[-XX:+UseSerialGC]", "[-XX:GuaranteedSafepointInterval=0]")
                .doesNotContain("sun-misc-unsafe");
    }

    @Test
    void analysisIsStartedWithTheFullCompiler() throws Exception {
        noArchives();
        sandbox.withJar().javaHome("17.0.9", ECHO);

        assertThat(sandbox.run(sandbox.launcher(), "check", "dir", "--tree").out())
                .contains("[-XX:+UseSerialGC]", "[-Xmx320m]")
                .doesNotContain("TieredStopAtLevel");
        assertThat(sandbox.run(sandbox.launcher(), "metric", "--tree", "dir").out())
                .contains("[-Xmx320m]");
        assertThat(sandbox.run(sandbox.launcher(), "ledger", "verify").out())
                .contains("[-XX:+UseSerialGC]", "[-Xmx400m]")
                .doesNotContain("TieredStopAtLevel");
        assertThat(sandbox.run(sandbox.launcher(), "check", "dir").out()).contains("[-XX:TieredStopAtLevel=1]");
    }

    @Test
    void newerJavaIsToldOfNettysNativeAccess() throws Exception {
        noArchives();
        sandbox.withJar().javaHome("25.0.1", ECHO);

        assertThat(sandbox.run(sandbox.launcher(), "run").out())
                .contains("[--sun-misc-unsafe-memory-access=allow][--enable-native-access=ALL-UNNAMED]");
    }

    @Test
    void usersFlagsComeLast() throws Exception {
        noArchives();
        sandbox.withJar().javaHome("17.0.9", ECHO);
        sandbox.environment.put("WATTLINE_JAVA_OPTS", "-Xmx1g -Da=*");

        String out = sandbox.run(sandbox.launcher(), "run").out();

        assertThat(out).contains("[-Xmx1g][-Da=*]");
        assertThat(out.indexOf("-Xmx1g")).isGreaterThan(out.indexOf("-Xmx48m"));
    }

    // --- Ways to the launcher

    @Test
    void startsThroughChainsOfLinks() throws Exception {
        noArchives();
        sandbox.withJar();
        Path absolute = Files.createSymbolicLink(scratch.resolve("absolute"), sandbox.launcher());
        Files.createSymbolicLink(scratch.resolve("relative"), Path.of("absolute"));

        Outcome outcome = sandbox.run(scratch.resolve("relative"), "--version");

        assertThat(Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("wattline ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "power_server:director",
                "power_client:run][--no-report",
                "power_check:check][--official",
                "mock_ptd:mock-ptd"
            })
    void referencesNamesStartTheirCommand(String pair) throws Exception {
        noArchives();
        sandbox.withJar().javaHome("17.0.9", ECHO);
        String name = pair.substring(0, pair.indexOf(':'));
        String command = pair.substring(pair.indexOf(':') + 1);
        Path link = Files.createSymbolicLink(
                scratch.resolve("link"), sandbox.root.resolve("bin").resolve(name));

        assertThat(sandbox.run(sandbox.root.resolve("bin").resolve(name), "-c", "a b")
                        .out())
                .endsWith("[" + command + "][-c][a b]");
        assertThat(sandbox.run(link, "x").out()).endsWith("[" + command + "][x]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server:director", "client:run][--no-report"})
    void pythonLaunchersStartTheirCommand(String pair) throws Exception {
        noArchives();
        sandbox.withJar().javaHome("17.0.9", ECHO);
        Path script = sandbox.root.resolve("ptd_client_server/" + pair.substring(0, pair.indexOf(':')) + ".py");
        sandbox.environment.put("PATH", sandbox.tools + ":" + System.getenv("PATH"));
        assumeThat(sandbox.run("sh", "-c", "python3 -c pass").exitCode())
                .as("exit status of python3, which is needed here")
                .isZero();

        Outcome outcome = sandbox.run("python3", script, "-c", "a 'b' \"c\"");

        assertThat(outcome.out()).endsWith("[" + pair.substring(pair.indexOf(':') + 1) + "][-c][a 'b' \"c\"]");
    }
}
