package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The quoting of the launchers for Windows, by rule: their command lines are expanded as cmd.exe expands a line of a
 * batch file, and split as the C runtime (and so java.exe) splits one. None of it runs on Windows here.
 */
class WindowsLauncherTest {
    private static final Path REPOSITORY =
            Path.of("").toAbsolutePath().resolve("..").normalize();

    /** A folder of the checkout, the arguments as typed, and the arguments that the program is to see. */
    record Case(String folder, String typed, List<String> seen) {}

    static List<Case> cases() {
        return List.of(
                new Case("C:\\wattline\\", "-c director.conf", List.of("-c", "director.conf")),
                new Case("C:\\Program Files (x86)\\wattline\\", "-c director.conf", List.of("-c", "director.conf")),
                new Case("C:\\R&D\\100 % power\\", "-c a.conf", List.of("-c", "a.conf")),
                new Case("C:\\w\\", "-c \"C:\\My Files\\a.conf\"", List.of("-c", "C:\\My Files\\a.conf")),
                new Case("C:\\w\\", "-w \"run.bat a & b\"", List.of("-w", "run.bat a & b")),
                new Case("C:\\w\\", "-w \"say \\\"hi\\\"\"", List.of("-w", "say \"hi\"")),
                new Case("C:\\w\\", "-l \"\" -p 4950", List.of("-l", "", "-p", "4950")),
                new Case("C:\\w\\", "", List.of()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void argumentsReachTheProgramAsTyped(Case one) throws IOException {
        String line = lines("wattline.cmd").stream()
                .filter(text -> text.contains("-jar"))
                .findFirst()
                .orElseThrow();

        List<String> argv = split(expand(
                line,
                one,
                Map.of(
                        "WATTLINE_JAVA", "C:\\Program Files\\Java\\jdk-17\\bin\\java",
                        "WATTLINE_JAR", one.folder() + "cli\\target\\wattline.jar",
                        "WATTLINE_JAVA_OPTS", "")));

        assertThat(argv.get(0)).isEqualTo("C:\\Program Files\\Java\\jdk-17\\bin\\java");
        int jar = argv.indexOf("-jar");
        assertThat(argv.get(jar + 1)).isEqualTo(one.folder() + "cli\\target\\wattline.jar");
        assertThat(argv.subList(jar + 2, argv.size())).isEqualTo(one.seen());
        assertThat(argv).contains("-Dwattline.launcher=" + one.folder() + "wattline.cmd");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void namesOfTheReferencePassArgumentsOn(Case one) throws IOException {
        Case inBin = new Case(one.folder() + "bin\\", one.typed(), one.seen());
        String line = lines("bin/power_server.cmd").get(1).substring(1); // after the @

        List<String> argv = split(expand(line, inBin, Map.of()));

        assertThat(argv.get(0)).isEqualTo(one.folder() + "bin\\..\\wattline.cmd");
        assertThat(argv.get(1)).isEqualTo("director");
        assertThat(argv.subList(2, argv.size())).isEqualTo(one.seen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wattline.cmd",
                "bin/power_server.cmd",
                "bin/power_client.cmd",
                "bin/power_check.cmd",
                "bin/mock_ptd.cmd"
            })
    void linesEndAsCmdExpects(String file) throws IOException {
        String text = Files.readString(REPOSITORY.resolve(file), StandardCharsets.US_ASCII);

        assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    }

    /** An unpacked archive has its jar in lib, and neither sources nor Maven. */
    @Test
    void thePackagesJarIsTakenBeforeTheCheckouts() throws IOException {
        assertThat(lines("wattline.cmd"))
                .containsSubsequence(
                        "set \"WATTLINE_JAR=%~dp0lib\\wattline.jar\"",
                        "if exist \"%WATTLINE_JAR%\" goto packaged",
                        "set \"WATTLINE_JAR=%~dp0cli\\target\\wattline.jar\"",
                        "if exist \"%WATTLINE_JAR%\" goto start",
                        "call :build || exit /b 1");
    }

    @Test
    void everyPathIsInQuotes() throws IOException {
        assertThat(lines("wattline.cmd"))
                .filteredOn(line -> line.contains("%~dp0") || line.contains("%WATTLINE_ROOT%"))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*\"[^\"]*(%~dp0|%WATTLINE_ROOT%)[^\"]*\".*"));
    }

    private static List<String> lines(String file) throws IOException {
        return Files.readAllLines(REPOSITORY.resolve(file), StandardCharsets.US_ASCII);
    }

    /** {@code %~dp0} is the script's folder, {@code %*} the arguments as typed, {@code %NAME%} a variable. */
    private static String expand(String line, Case one, Map<String, String> variables) {
        String expanded = line;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            expanded = expanded.replace("%" + variable.getKey() + "%", variable.getValue());
        }
        return expanded.replace("%~dp0", one.folder()).replace("%*", one.typed());
    }

    /** The C runtime's rules: blanks split outside quotes, 2n backslashes before a quote are n, 2n+1 are n and the quote. */
    private static List<String> split(String line) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                int run = i;
                while (run < line.length() && line.charAt(run) == '\\') {
                    run++;
                }
                boolean beforeQuote = run < line.length() && line.charAt(run) == '"';
                int count = run - i;
                argument.append("\\".repeat(beforeQuote ? count / 2 : count));
                any = true;
                i = run - 1;
                if (beforeQuote && count % 2 == 1) {
                    argument.append('"');
                    i++;
                }
            } else if (c == '"') {
                quoted = !quoted;
                any = true;
            } else if (c == ' ' && !quoted) {
                if (any) {
                    arguments.add(argument.toString());
                }
                argument.setLength(0);
                any = false;
            } else {
                argument.append(c);
                any = true;
            }
        }
        if (any) {
            arguments.add(argument.toString());
        }
        return arguments;
    }
}
