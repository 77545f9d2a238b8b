package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.wattline.cli.LauncherSandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher scripts as a user starts them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts for POSIX shells")
class LauncherIT {
    private static final String NOTE = "preparing a class archive";
    /** A Java that prints each of its arguments in brackets. */
    private static final String ECHO = "for a in \"$@\"; do printf '[%s]' \"$a\"; done\n";

    @TempDir
    Path scratch;

    private LauncherSandbox sandbox;

    @BeforeEach
    void checkout() throws IOException {
        sandbox = new LauncherSandbox(scratch, "check out");
    }

    private Path target() {
        return sandbox.root.resolve("cli/target");
    }

    private List<String> archives() {
        return LauncherSandbox.filesEnding(target(), ".jsa");
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
        assumeThat(isRoot())
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
            strings = {"power_server:director", "power_client:run", "power_check:check][--official", "mock_ptd:mock-ptd"
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
    @ValueSource(strings = {"server:director", "client:run"})
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

    // --- Class archive

    @Test
    void archiveIsMadeOnTheFirstStartAndUsedFromThen() throws Exception {
        // Not below a folder with a space: there JDK 17 archives the JDK's classes only.
        sandbox = new LauncherSandbox(scratch, "checkout").withJar();

        Outcome first = sandbox.run(sandbox.launcher(), "--version");
        sandbox.environment.put("WATTLINE_JAVA_OPTS", "-Xlog:class+load:file=" + scratch.resolve("classes.log"));
        Outcome second = sandbox.run(sandbox.launcher(), "--version");

        assertThat(first.err()).contains(NOTE);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(archives()).hasSize(1);
        assertThat(Files.readAllLines(scratch.resolve("classes.log")))
                .anyMatch(
                        line -> line.contains("dev.wattline.cli.Main ") && line.contains("shared objects file (top)"));
    }

    @Test
    void concurrentFirstStartsAllRunAndMakeOneArchive() throws Exception {
        sandbox.withJar();
        List<Process> starts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starts.add(sandbox.start(sandbox.launcher(), "--version"));
        }

        int notes = 0;
        for (Process start : starts) {
            Outcome outcome = sandbox.outcome(start);
            assertThat(outcome.exitCode()).isZero();
            assertThat(outcome.out()).startsWith("wattline ");
            notes += outcome.err().contains(NOTE) ? 1 : 0;
        }
        assertThat(notes).isEqualTo(1);
        assertThat(archives()).hasSize(1);
        assertThat(LauncherSandbox.filesEnding(target(), ".tmp")).isEmpty();
    }

    @Test
    void newJarGetsANewArchiveAndTheOldOneGoes() throws Exception {
        sandbox.withJar();
        sandbox.run(sandbox.launcher(), "--version");
        List<String> before = archives();

        Files.setLastModifiedTime(sandbox.jar, FileTime.from(Instant.now().plusSeconds(60)));
        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.err()).contains(NOTE);
        assertThat(archives()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void readOnlyCheckoutKeepsItsArchiveInTheUsersCache() throws Exception {
        sandbox.withJar();
        List<Object> somebodyElse = asUserWithoutWriteAccess();
        Path home = Files.createDirectory(scratch.resolve("somebody"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        if (isRoot()) {
            Files.setAttribute(home, "unix:uid", 65534);
        }
        sandbox.environment.put("HOME", home.toString());

        Outcome first = sandbox.run(command(somebodyElse));
        Outcome second = sandbox.run(command(somebodyElse));

        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains(NOTE);
        assertThat(second.err()).isEmpty();
        assertThat(archives()).isEmpty();
        assertThat(LauncherSandbox.filesEnding(home.resolve(".cache/wattline"), ".jsa"))
                .hasSize(1);
    }

    @Test
    void nowhereToWriteMeansNoArchiveAndNoComplaint() throws Exception {
        sandbox.withJar();
        List<Object> somebodyElse = asUserWithoutWriteAccess();
        sandbox.environment.remove("HOME");

        Outcome outcome = sandbox.run(command(somebodyElse));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("wattline ");
    }

    @Test
    void interruptedTrainingLeavesNothingBehind() throws Exception {
        Path partial = scratch.resolve("partial");
        sandbox.withJar().javaHome("17.0.9", """
                for a in "$@"; do
                    case $a in -XX:ArchiveClassesAtExit=*)
                        echo half >"${a#*=}"; echo $$ "${a#*=}" >'%1$s.new'; mv '%1$s.new' '%1$s'; exec sleep 600 ;;
                    esac
                done
                echo started
                """.formatted(partial));

        Process start = sandbox.start(sandbox.launcher(), "--version");
        await().until(() -> Files.exists(partial));
        long trainer = Long.parseLong(Files.readString(partial).split(" ")[0]);
        start.destroy();
        Outcome outcome = sandbox.outcome(start);

        assertThat(outcome.exitCode()).isEqualTo(ExitCode.TERMINATED.code());
        assertThat(outcome.out()).isEmpty();
        assertThat(archives()).isEmpty();
        assertThat(LauncherSandbox.filesEnding(target(), ".tmp")).isEmpty();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ProcessHandle.of(trainer)
                        .map(process -> !process.isAlive())
                        .orElse(true));
    }

    @Test
    void failedTrainingIsSaidAndTheCommandRuns() throws Exception {
        sandbox.withJar().javaHome("17.0.9", "case \"$*\" in *ArchiveClassesAtExit*) exit 1;; esac\necho started\n");

        Outcome outcome = sandbox.run(sandbox.launcher(), "--version");

        assertThat(outcome.out()).isEqualTo("started\n");
        assertThat(outcome.err()).contains("no class archive could be made");
        assertThat(LauncherSandbox.filesEnding(target(), ".tmp")).isEmpty();
    }

    @Test
    void archiveCanBeSwitchedOff() throws Exception {
        noArchives();
        sandbox.withJar();

        assertThat(sandbox.run(sandbox.launcher(), "--version").err()).isEmpty();
        assertThat(archives()).isEmpty();
    }

    private Object[] command(List<Object> prefix) {
        List<Object> command = new ArrayList<>(prefix);
        command.add(sandbox.launcher());
        command.add("--version");
        return command.toArray();
    }

    private List<Object> asUserWithoutWriteAccess() throws IOException {
        if (!isRoot()) {
            Files.setPosixFilePermissions(target(), PosixFilePermissions.fromString("r-xr-xr-x"));
            return List.of();
        }
        assumeThat(Files.exists(sandbox.tools.resolve("setpriv")))
                .as("setpriv is there, to give up root's rights to write anywhere")
                .isTrue();
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
