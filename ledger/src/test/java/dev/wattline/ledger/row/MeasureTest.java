package dev.wattline.ledger.row;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MeasureTest {

    @ParameterizedTest
    @CsvSource({
        "'1,676,757.08', 1676757.08",
        "117002, 117002",
        " 4.0 , 4",
        "1e3, 1000",
        "'1,2', NaN",
        "'12,34', NaN",
        "details, NaN",
        "'', NaN",
        "0x10, NaN",
        "NaN, NaN",
        "1f, NaN",
    })
    void aNumberMayHaveThousandsCommas(String text, Double expected) {
        assertThat(Double.valueOf(Measure.number(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"17, 0.5", "17.0, 0.05", "'1,234.567', 0.0005", "1.5e3, 50"})
    void halfADigitIsThatOfTheTextPrinted(String text, double expected) {
        assertThat(Measure.of(text, "Watts", Measure.Scope.WALL, "").halfDigit())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(MeasureUnit.class)
    void everyUnitIsReadFromItsOwnSymbolAndBack(MeasureUnit unit) {
        assertThat(MeasureUnit.ofLabel(unit.symbol())).contains(unit);
        assertThat(unit.fromBase(unit.toBase(8))).isEqualTo(8);
    }

    @Test
    void theCaseTellsMillijouleFromMegajoule() {
        assertThat(MeasureUnit.ofLabel("mJ")).contains(MeasureUnit.MILLIJOULE);
        assertThat(MeasureUnit.ofLabel("MJ")).contains(MeasureUnit.MEGAJOULE);
        assertThat(MeasureUnit.ofLabel("KWH")).contains(MeasureUnit.KILOWATT_HOUR);
    }

    @Test
    void onlyPowersHaveAScope() {
        assertThat(Measure.of("1", "Watts", Measure.Scope.WALL, "").scope()).isEqualTo(Measure.Scope.WALL);
        assertThat(Measure.of("1", "Samples/s", Measure.Scope.WALL, "").scope()).isEqualTo(Measure.Scope.UNKNOWN);
    }
}
