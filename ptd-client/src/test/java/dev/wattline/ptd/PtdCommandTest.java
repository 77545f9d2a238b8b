package dev.wattline.ptd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wattline.model.AnalyzerRanges;
import dev.wattline.model.RangeSetting;
import dev.wattline.model.UncertaintyStatistics;
import dev.wattline.model.WattsStatistics;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PtdCommandTest {
    private static final String GO_REPLY =
            "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples";

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(new PtdCommand.Hello(), "Hello"),
                Arguments.of(new PtdCommand.Identify(), "Identify"),
                Arguments.of(new PtdCommand.ReadRanges(), "RR"),
                Arguments.of(new PtdCommand.ReadRanges(OptionalInt.of(2)), "RR,2"),
                Arguments.of(new PtdCommand.SetVolts(RangeSetting.auto()), "SR,V,Auto"),
                Arguments.of(new PtdCommand.SetVolts(RangeSetting.ofText("300.000000")), "SR,V,300.000000"),
                Arguments.of(new PtdCommand.SetAmps(RangeSetting.of(0.33085800000000004)), "SR,A,0.33085800000000004"),
                Arguments.of(new PtdCommand.SetAmps(RangeSetting.ofText("20"), OptionalInt.of(3)), "SR,A,20,3"),
                Arguments.of(new PtdCommand.Go(1000, 0, "x_ranging"), "Go,1000,0,x_ranging"),
                Arguments.of(new PtdCommand.Go(0, 5, ""), "Go,0,5"),
                Arguments.of(new PtdCommand.Timed(60, 1000, 0), "Timed,60,1000,0"),
                Arguments.of(new PtdCommand.Stop(), "Stop"),
                Arguments.of(new MeasurementQuery.ReadLast(), "RL"),
                Arguments.of(new MeasurementQuery.ReadLast(Selector.of(7), Selector.UNSPECIFIED), "RL,7"),
                Arguments.of(new MeasurementQuery.ReadLast(Selector.ALL, Selector.UNSPECIFIED), "RL,*"),
                Arguments.of(new MeasurementQuery.ReadLast(Selector.ALL, Selector.ALL), "RL,*,*"),
                Arguments.of(new MeasurementQuery.ReadLast(Selector.of(1), Selector.of(2)), "RL,1,2"),
                Arguments.of(new MeasurementQuery.DcReadLast(), "DC-RL"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.WATTS), "Watts"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.VOLTS, OptionalInt.of(1)), "Volts,1"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.POWER_FACTOR), "PF"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.TEMPERATURE), "Temperature"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.HUMIDITY), "Humidity"),
                Arguments.of(new MeasurementQuery.Uncertainty(), "Uncertainty"),
                Arguments.of(new PtdCommand.Raw("Frobnicate,1"), "Frobnicate,1"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("lines")
    void aCommandIsWrittenAsItsLine(PtdCommand<?> command, String line) {
        assertThat(command.line()).isEqualTo(line);
    }

    static Stream<Arguments> replies() {
        return Stream.of(
                Arguments.of(new PtdCommand.Hello(), "Hello, PTDaemon here!", "Hello, PTDaemon here!"),
                Arguments.of(
                        new PtdCommand.ReadRanges(),
                        "Ranges,0,0.500000,1,300.000000",
                        new AnalyzerRanges("0", "0.500000", "1", "300.000000")),
                Arguments.of(new PtdCommand.SetVolts(RangeSetting.auto()), "Range V changed", "Range V changed"),
                Arguments.of(new PtdCommand.SetAmps(RangeSetting.auto()), "Range A changed", "Range A changed"),
                Arguments.of(
                        new PtdCommand.Go(1000, 0, "m"), GO_REPLY, new MeasurementStarted(500_000, 1000, 0, GO_REPLY)),
                Arguments.of(
                        new PtdCommand.Go(0, 0, "m"), GO_REPLY, new MeasurementStarted(500_000, 1000, 0, GO_REPLY)),
                Arguments.of(new PtdCommand.Stop(), "Stopping untimed measurement", "Stopping untimed measurement"),
                Arguments.of(
                        new MeasurementQuery.Statistics(Quantity.WATTS),
                        "Watts,33.758605,14.770000,38.790000,611,59,552",
                        new WattsStatistics("Watts", 33.758605, 14.77, 38.79, 611, 59, 552)),
                Arguments.of(
                        new MeasurementQuery.Uncertainty(),
                        "Uncertainty,-1.0,10000000.000000,0.000000,20,0,0,20",
                        new UncertaintyStatistics(-1, 1e7, 0, 20, 0, 0, 20)));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("replies")
    void aGoodReplyGivesItsValue(PtdCommand<?> command, String line, Object expected) {
        assertThat(command.parse(oneLine(line))).isEqualTo(expected);
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of(new PtdCommand.Hello(), "Hello, world"),
                Arguments.of(new PtdCommand.Identify(), "YokogawaWT310E,1000"),
                Arguments.of(new PtdCommand.Identify(), ""),
                Arguments.of(new PtdCommand.ReadRanges(), "Ranges,0,0.5,1"),
                Arguments.of(new PtdCommand.ReadRanges(), "Ranges,0,0.5,1,300.0,0,0.5,1,300.0"),
                Arguments.of(new PtdCommand.ReadRanges(), "Ranges,2,0.5,1,300.0"),
                Arguments.of(new PtdCommand.SetVolts(RangeSetting.auto()), "Range A changed"),
                Arguments.of(new PtdCommand.SetAmps(RangeSetting.auto()), "Range V changed"),
                Arguments.of(new PtdCommand.Go(1000, 0, "m"), GO_REPLY.replace("1000ms", "2000ms")),
                Arguments.of(new PtdCommand.Go(1000, 0, "m"), GO_REPLY.replace("with 0", "with 1")),
                Arguments.of(new PtdCommand.Go(1000, 0, "m"), GO_REPLY.replace("500000", "many")),
                Arguments.of(new PtdCommand.Stop(), "Stopped"),
                Arguments.of(new PtdCommand.Stop(), "Error: no measurement to stop"),
                Arguments.of(new MeasurementQuery.ReadLast(), "Range V changed"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.WATTS), "Volts,1,1,1,1,0,1"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.WATTS), "Watts,1,1,1,1,0"),
                Arguments.of(new MeasurementQuery.Statistics(Quantity.WATTS), "Watts,a,1,1,1,0,1"),
                Arguments.of(new MeasurementQuery.Uncertainty(), "Uncertainty,1,1,1,1,0,1"),
                Arguments.of(new PtdCommand.Timed(1, 1, 1), "Unknown command"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("garbage")
    void anythingElseIsNoReply(PtdCommand<?> command, String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> command.parse(oneLine(line)));
    }

    @Test
    void identityNeedsTwelveFieldsOnly() {
        String old = "YokogawaWT210,1000,1,1,1,1,0,0,1,version=1.4.3-0123abcd-20100101,OS=Linux,mode=power";
        assertThat(new PtdCommand.Identify().parse(oneLine(old)).version()).isEqualTo("1.4.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a\nb", "a\rStop", "\0"})
    void whatWouldBreakTheLineIsNotAMark(String mark) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PtdCommand.Go(1000, 0, mark));
    }

    @Test
    void argumentsOutOfTheirRangeAreRefusedBeforeTheyAreSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PtdCommand.Go(-1, 0, "m"));
        assertThatIllegalArgumentException().isThrownBy(() -> new PtdCommand.ReadRanges(OptionalInt.of(0)));
        assertThatIllegalArgumentException().isThrownBy(() -> Selector.of(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeasurementQuery.ReadLast(Selector.UNSPECIFIED, Selector.ALL));
        assertThatIllegalArgumentException().isThrownBy(() -> new PtdCommand.Raw(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new PtdCommand.Raw("Watts\nStop"));
    }

    static Stream<Arguments> deadlines() {
        PtdDeadlines d = PtdDeadlines.DEFAULT;
        return Stream.of(
                Arguments.of(new PtdCommand.Hello(), d.hello()),
                Arguments.of(new PtdCommand.Identify(), d.query()),
                Arguments.of(new PtdCommand.SetVolts(RangeSetting.auto()), d.rangeChange()),
                Arguments.of(new PtdCommand.SetAmps(RangeSetting.auto()), d.rangeChange()),
                Arguments.of(new MeasurementQuery.ReadLast(), d.query()),
                Arguments.of(new PtdCommand.Raw("SR,v,300"), d.rangeChange()),
                Arguments.of(new PtdCommand.Raw("Hello"), d.hello()),
                Arguments.of(new PtdCommand.Raw("Whatever"), d.query()));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("deadlines")
    void eachKindOfCommandHasItsDefaultDeadline(PtdCommand<?> command, Duration expected) {
        assertThat(command.deadline(PtdDeadlines.DEFAULT)).isEqualTo(expected);
    }

    @Test
    void onlyReadingSamplesIsAnsweredWithRows() {
        assertThat(new MeasurementQuery.ReadLast().hasRows()).isTrue();
        assertThat(new PtdCommand.Raw("RL,*,*").hasRows()).isTrue();
        assertThat(new PtdCommand.Raw("RR").hasRows()).isFalse();
        assertThat(new PtdCommand.Identify().hasRows()).isFalse();
    }

    private static PtdReply oneLine(String line) {
        return new PtdReply(line, SampleRows.none());
    }
}
