package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyzerRepliesTest {

    @Test
    void readsAnIdentityOf19Fields() {
        AnalyzerIdentity identity = AnalyzerIdentity.parse("YokogawaWT330E,1000,1,1,1,1,0,0,1,"
                + "version=1.9.2-e8c7a49a-20201208,OS=Linux 5.8.0-43-generic #49 x86_64,mode=power,1,1,1,0,0,no_cal_date,"
                + "YOKOGAWA;WT333E;C3VD30030E;F1.04");

        assertThat(identity.model()).isEqualTo("YokogawaWT330E");
        assertThat(identity.averagingMillis()).isEqualTo(1000);
        assertThat(identity.version()).isEqualTo("1.9.2");
        assertThat(identity.build()).isEqualTo("1.9.2-e8c7a49a-20201208");
        assertThat(identity.os()).isEqualTo("Linux 5.8.0-43-generic #49 x86_64");
        assertThat(identity.mode()).isEqualTo("power");
        assertThat(identity.channels()).isEqualTo(1);
        assertThat(identity.instrument()).isEqualTo("YOKOGAWA;WT333E;C3VD30030E;F1.04");
    }

    @Test
    void readsTheOldIdentityOf12Fields() {
        AnalyzerIdentity identity =
                AnalyzerIdentity.parse("Dummy,1000,1,1,1,1,1,1,0,version=1.4.3-x-y,OS=x,mode=power");

        assertThat(identity.version()).isEqualTo("1.4.3");
        assertThat(identity.channels()).isZero();
        assertThat(identity.instrument()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hello, PTDaemon here!", "a,b,c,d,e,f,g,h,i,j,k,l"})
    void refusesWhatIsNoIdentity(String reply) {
        assertThatThrownBy(() -> AnalyzerIdentity.parse(reply)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ranges,0,0.500000,1,300.000000|0.500000|Auto",
                "Ranges,0,0.500000,0,300.000000|0.500000|300.000000",
                "Ranges,-1,-1.000000,-1,-1.000000|Auto|Auto",
                "Ranges,0,-1.000000,0,0.000000|Auto|Auto",
            })
    void restoresFixedRangesByTheirTextAndOthersAsAuto(String reply, String amps, String volts) {
        AnalyzerRanges ranges = AnalyzerRanges.parse(reply);

        assertThat(ranges.initialAmps().wireText()).isEqualTo(amps);
        assertThat(ranges.initialVolts().wireText()).isEqualTo(volts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ranges", "Ranges,2,1.0,0,1.0", "Ranges,0,x,0,1.0", "Error"})
    void refusesWhatAreNoRanges(String reply) {
        assertThatThrownBy(() -> AnalyzerRanges.parse(reply)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsStatistics() {
        assertThat(WattsStatistics.parse("Watts,33.758605,14.770000,38.790000,611,59,552"))
                .isEqualTo(new WattsStatistics("Watts", 33.758605, 14.77, 38.79, 611, 59, 552));
        assertThat(UncertaintyStatistics.parse("Uncertainty,0.009616,0.008930,0.015782,611,13,539,59"))
                .isEqualTo(new UncertaintyStatistics(0.009616, 0.00893, 0.015782, 611, 13, 539, 59));
        assertThat(UncertaintyStatistics.parse("Uncertainty,-1.0,10000000.000000,0.000000,5,0,0,5")
                        .known())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "abc", ""})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> RangeSetting.ofText(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void picksTheSmallestRangeThatCoversAValue() {
        DeviceType wt310 = DeviceType.of(49).orElseThrow();

        assertThat(DeviceType.rangeFor(0.33085800000000004, wt310.ampRanges())).hasValue(0.5);
        assertThat(DeviceType.rangeFor(239.44, wt310.voltRanges())).hasValue(300.0);
        assertThat(DeviceType.rangeFor(20.1, wt310.ampRanges())).isEmpty();
        assertThat(wt310.maxAmps()).hasValue(20.0);
    }
}
