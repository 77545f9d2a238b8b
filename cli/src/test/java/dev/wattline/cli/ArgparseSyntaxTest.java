package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.wattline.cli.run.DirectorCommand;
import dev.wattline.cli.run.RunCommand;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * Command lines of {@code run} against what the reference's client makes of them: {@code argparse/recorded.tsv} holds what
 * that of mlcommons/power-dev c4b3ad8 said, line by line of {@code argparse/arguments.tsv}, with Python 3.11.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArgparseSyntaxTest {
    private static final List<String> NAMES = List.of(
            "addr",
            "run_workload",
            "loadgen_logs",
            "output",
            "ntp",
            "no_timestamp_path",
            "port",
            "label",
            "force",
            "stop_server");
    private static final Pattern SAME_WORDS =
            Pattern.compile("ambiguous option.*|.*: expected one argument|.*: ignored explicit argument '.*'");

    @TempDir
    private Path folder;

    Stream<List<String>> cases() throws IOException {
        List<String> arguments = resource("arguments.tsv");
        List<String> recorded = resource("recorded.tsv");
        assertThat(recorded).hasSameSizeAs(arguments);
        return IntStream.range(0, arguments.size()).mapToObj(i -> List.of(arguments.get(i), recorded.get(i)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isReadAsTheReferenceReadsIt(List<String> row) {
        String expected = row.get(1);
        String outcome = outcome(List.of(row.get(0).split("\t", -1)));

        if (!expected.startsWith("error")) {
            assertThat(outcome).isEqualTo(expected);
        } else if (SAME_WORDS.matcher(expected.substring("error\t".length())).matches()) {
            assertThat(outcome).isEqualTo(expected);
        } else {
            assertThat(outcome).startsWith("error");
        }
    }

    @Test
    void whatIsRecordedIsWhatThePythonOfThisMachineSays() throws Exception {
        List<String> python = python();
        Process process = new ProcessBuilder(python)
                .redirectInput(file("arguments.tsv").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        assertThat(said.lines().toList()).isEqualTo(resource("recorded.tsv"));
    }

    @ParameterizedTest
    @CsvSource({
        "--conf director.conf, director.conf",
        "--c=director.conf, director.conf",
        "-cdirector.conf, director.conf",
        "-c one -c two, two",
        "-c one --ch, one",
    })
    void theDirectorsFileIsReadAsTheReferencesServerReadsIt(String arguments, String file) throws Exception {
        CommandLine line = Main.commandLine(new DirectorCommand()).setOverwrittenOptionsAllowed(true);
        line.parseArgs(ArgparseSyntax.SERVER
                .inFull(line.getCommandSpec(), List.of(arguments.split(" ")))
                .toArray(String[]::new));

        Path read = line.getCommandSpec().findOption("-c").getValue();
        assertThat(read).hasToString(file);
    }

    @Test
    void valuesOfOurOwnOptionsStayWhatTheyAre() throws Exception {
        CommandLine line = Main.commandLine(new RunCommand());
        List<String> full = ArgparseSyntax.CLIENT.inFull(
                line.getCommandSpec(), List.of("--nvidia-smi", "--po", "--telemetry-i", "5", "--deadline=stop=80"));

        assertThat(full).containsExactly("--nvidia-smi", "--po", "--telemetry-interval", "5", "--deadline=stop=80");
    }

    private static String outcome(List<String> arguments) {
        CommandLine line = Main.commandLine(new RunCommand()).setOverwrittenOptionsAllowed(true);
        try {
            List<String> full = ArgparseSyntax.CLIENT.inFull(line.getCommandSpec(), arguments);
            CommandLine.ParseResult result = line.setExpandAtFiles(false).parseArgs(full.toArray(String[]::new));
            return result.isUsageHelpRequested() ? "error\thelp" : read(line);
        } catch (ArgparseSyntax.SyntaxException | ParameterException e) {
            return "error\t" + e.getMessage();
        }
    }

    private static String read(CommandLine line) {
        List<String> fields = new ArrayList<>();
        for (String name : NAMES) {
            fields.add(name + "=" + python(name, line));
        }
        double amps = Double.parseDouble(String.valueOf(value(line, "max_amps")));
        double volts = Double.parseDouble(String.valueOf(value(line, "max_volts")));
        boolean manual = amps > 0 && volts > 0;
        fields.add("amps=" + (manual ? python(amps) : "none"));
        fields.add("volts=" + (manual ? python(volts) : "none"));
        return String.join("\t", fields);
    }

    private static String python(String name, CommandLine line) {
        if (name.equals("no_timestamp_path")) {
            RunCommand command = line.getCommand();
            return command.usesOutputItself() ? "True" : "False";
        }
        Object value = value(line, name);
        if (value instanceof Boolean truth) {
            return truth ? "True" : "False";
        }
        return name.equals("port") && value == null ? "4950" : String.valueOf(value);
    }

    private static String python(double number) {
        return Double.isInfinite(number) ? "inf" : Double.toString(number);
    }

    private static @Nullable Object value(CommandLine line, String name) {
        return line.getCommandSpec().findOption("--" + name.replace('_', '-')).getValue();
    }

    private List<String> python() throws Exception {
        List<String> command = List.of("python3", file("client_options.py").toString());
        try {
            Process version = new ProcessBuilder(
                            "python3", "-c", "import sys; print(sys.version_info[:2] in ((3, 10), (3, 11)))")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            version.waitFor();
            assumeThat(said)
                    .as("python3 is 3.10 or 3.11, with which the table was recorded")
                    .isEqualTo("True");
        } catch (IOException e) {
            assumeThat(e).as("python3 can be started").isNull();
        }
        return command;
    }

    private static Path file(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ArgparseSyntaxTest.class.getResource("/argparse/" + name))
                .toURI());
    }

    private static List<String> resource(String name) throws IOException {
        try (InputStream in = ArgparseSyntaxTest.class.getResourceAsStream("/argparse/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
