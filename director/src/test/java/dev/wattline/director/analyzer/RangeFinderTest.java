package dev.wattline.director.analyzer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeFinderTest {
    private static final String START = "Time,07-23-2024 13:28:10.096";

    private static String quadruple(String watts, String volts, String amps) {
        return ",Watts," + watts + ",Volts," + volts + ",Amps," + amps + ",PF,0.900000";
    }

    private static Optional<Ranges> find(List<Integer> channels, String... quadruples) {
        RangeFinder finder = new RangeFinder(channels);
        for (String quadruple : quadruples) {
            finder.add(START + quadruple);
        }
        return finder.find();
    }

    @Test
    void takesVoltsAsPrintedAndAmpsWithHeadRoomAsPythonPrintsThem() {
        Ranges ranges = find(
                        List.of(),
                        quadruple("200.000000", "230.200000", "0.894720"),
                        quadruple("201.310000", "229.940000", "0.902660"))
                .orElseThrow();

        assertThat(ranges.volts().wireText()).isEqualTo("230.200000");
        assertThat(ranges.amps().wireText()).isEqualTo("0.9929260000000001");
    }

    /** A row of a real session: 34.48 W and 0.2866 A measured outside the range's valid window. */
    @Test
    void decodesWhatIsOutOfRange() {
        Ranges ranges = find(
                        List.of(),
                        quadruple("20.000000", "245.100000", "0.100000"),
                        quadruple("-37.480000", "245.200000", "-3.286600"))
                .orElseThrow();

        assertThat(ranges.volts().wireText()).isEqualTo("245.200000");
        assertThat(Double.parseDouble(ranges.amps().wireText()))
                .isCloseTo(0.2866 * 1.1, org.assertj.core.data.Offset.offset(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"-1.000000,-1.000000,-1.000000", "-2.000000,-2.000000,-2.000000", "0.000000,230.000000,0.000000"})
    void findsNothingInErrors(String watts, String volts, String amps) {
        assertThat(find(List.of(), quadruple(watts, volts, amps))).isEmpty();
        assertThat(find(List.of())).isEmpty();
    }

    @Test
    void looksAtTheConfiguredChannelsOnly() {
        String row = quadruple("30.000000", "-1.000000", "-1.000000")
                + quadruple("10.000000", "231.000000", "1.000000")
                + quadruple("20.000000", "232.000000", "2.000000")
                + quadruple("0.000000", "240.000000", "9.000000");

        Ranges ranges = find(List.of(1, 2), row).orElseThrow();

        assertThat(ranges.volts().wireText()).isEqualTo("232.000000");
        assertThat(ranges.amps().wireText()).isEqualTo("2.2");
    }

    @Test
    void refusesARowWithoutAConfiguredChannel() {
        assertThatThrownBy(() -> find(List.of(1, 2), quadruple("1.0", "2.0", "3.0") + quadruple("1.0", "2.0", "3.0")))
                .hasMessageContaining("channel 2 is configured");
    }
}
