package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplRowTest {
    private static final String SINGLE =
            "Time,07-23-2024 13:28:10.096,Watts,167.300000,Volts,118.600000,Amps,1.623000,PF,0.869000";
    private static final String THREE_CHANNELS = "Time,07-28-2025 22:04:15.416,"
            + "Watts,2345.500000,Volts,237.863333,Amps,3.416333,PF,0.962573,"
            + "Watts,782.900000,Volts,237.940000,Amps,3.465000,PF,0.949700,"
            + "Watts,783.600000,Volts,238.070000,Amps,3.400000,PF,0.968100,"
            + "Watts,779.000000,Volts,237.580000,Amps,3.384000,PF,0.968800";

    @Test
    void readsAnUnlabelledRow() {
        PowerSample sample = SplRow.parse(SINGLE + "\r");

        assertThat(sample.at()).isEqualTo(Instant.parse("2024-07-23T13:28:10.096Z"));
        assertThat(sample.reading()).isEqualTo(new Reading(167.3, 118.6, 1.623, 0.869));
        assertThat(sample.mark()).isEmpty();
        assertThat(sample.channels()).isEmpty();
    }

    @Test
    void labelsAndReadsBackAMultichannelRow() {
        String labelled = SplRow.label(THREE_CHANNELS, "s_testing");

        assertThat(labelled)
                .contains("PF,0.962573,Mark,s_testing,Ch1,Watts,782.9")
                .contains(",Ch3,Watts,779.0");
        PowerSample sample = SplRow.parse(labelled);
        assertThat(sample.mark()).isEqualTo("s_testing");
        assertThat(sample.channels())
                .hasSize(3)
                .isEqualTo(SplRow.parse(THREE_CHANNELS).channels());
        assertThat(SplRow.format(sample)).isEqualTo(labelled);
    }

    @Test
    void labelsASingleChannelRowAtItsEndAndLeavesTheEmptyRowAlone() {
        assertThat(SplRow.label(SINGLE, "m")).isEqualTo(SINGLE + ",Mark,m");
        assertThat(SplRow.label("", "m")).isEmpty();
    }

    @Test
    void splitsAMergedRowIntoItsAnalyzers() {
        String first = SplRow.label(SINGLE, "m");
        String second = SplRow.label(THREE_CHANNELS, "m");
        String merged =
                "Time,07-23-2024 13:28:10.096,Watts,2512.800000,Volts,-1.000000,Amps,-1.000000,PF,-1.000000,Mark,m"
                        + ",Analyzer1," + first + ",Analyzer2," + second;

        assertThat(SplRow.analyzers(merged)).containsExactly(first, second);
        assertThat(SplRow.parse(merged).reading().watts()).isEqualTo(2512.8);
        assertThat(SplRow.parse(merged).channels()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|field 1",
                "Watts,1|field 1",
                "Time,07-23-2024|field 2",
                "Time,02-30-2024 13:28:10.096,Watts,1,Volts,1,Amps,1,PF,1|not a date",
                "Time,07-23-2024 13:28:10.096,Watts,x,Volts,1,Amps,1,PF,1|field 4",
                "Time,07-23-2024 13:28:10.096,Watts,1,Volts,1,Amps,1|field 9",
                "Time,07-23-2024 13:28:10.096,Watts,1,Volts,1,Amps,1,PF,1,Mark|field 12",
            })
    void namesTheFieldThatIsWrong(String row, String message) {
        assertThatThrownBy(() -> SplRow.parse(row))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "34.48,VALID,34.48",
        "0,VALID,0",
        "-1,ERROR,NaN",
        "-2,MISSED,NaN",
        "-37.48,OUT_OF_RANGE,34.48",
        "-3,OUT_OF_RANGE,0"
    })
    void decodesTheFieldsBelowZero(double field, ReadingKind kind, double decoded) {
        Reading reading = new Reading(field, 245.2, -3.2866, 0.4907);

        assertThat(reading.kind()).isEqualTo(kind);
        assertThat(reading.decodedWatts()).isEqualTo(decoded, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(reading.decodedAmps()).isEqualTo(0.2866, org.assertj.core.api.Assertions.within(1e-9));
    }
}
