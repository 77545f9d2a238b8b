package dev.wattline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.DeviceType;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What every command's help owes its reader. */
@ResourceLock(Resources.SYSTEM_OUT)
class CommandHelpTest {

    static Stream<String> commands() {
        return CommandTable.entries().stream().map(CommandTable.Entry::name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandIsNamedAsInTheTableAndDescribed(String name) {
        CommandSpec spec = spec(name);

        assertThat(spec.name()).isEqualTo(name);
        assertThat(spec.usageMessage().description()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionAndParameterHasADescription(String name) {
        assertThat(spec(name).args())
                .filteredOn(argument -> !argument.hidden())
                .allSatisfy(argument -> assertThat(description(argument))
                        .as("%s of wattline %s", argument, name)
                        .isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpEndsWithExamplesOfTheCommand(String name) {
        CommandSpec spec = spec(name);
        if (spec.usageMessage().hidden()) {
            return;
        }

        String help = spec.commandLine().getUsageMessage();
        assertThat(help).containsPattern("Examples?:");
        assertThat(help.substring(help.indexOf("Example"))).contains("wattline " + name);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void examplesFitIntoATerminalOfUsualWidth(String name) {
        UsageMessageSpec usage = spec(name).usageMessage();

        assertThat(Stream.of(usage.customSynopsis(), usage.footer()).flatMap(Stream::of))
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(80));
    }

    /** The list of all commands shows the first paragraph alone. */
    @ParameterizedTest
    @MethodSource("commands")
    void firstParagraphOfTheDescriptionIsAWholeSentence(String name) {
        assertThat(spec(name).usageMessage().description()[0]).endsWith(".");
    }

    @Test
    void helpOfTheMockNamesEveryDeviceType() {
        String help = spec("mock-ptd").commandLine().getUsageMessage();

        assertThat(DeviceType.all())
                .allSatisfy(type -> assertThat(help).containsPattern("\\b" + type.number() + "\\b"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandKnowsTheCommonOptions(String name) {
        assertThat(spec(name).optionsMap()).containsKeys("--help", "--version", "--verbose", "--stacktrace");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpIsShownWithoutStartingAnything(String name) {
        CapturedStreams.Outcome outcome = CapturedStreams.run(name, "--help");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).startsWith("Usage: wattline " + name);
    }

    private static CommandSpec spec(String name) {
        return new CommandLine(CommandTable.find(name).orElseThrow().command().get()).getCommandSpec();
    }

    private static String description(ArgSpec argument) {
        return String.join(" ", argument.description());
    }
}
