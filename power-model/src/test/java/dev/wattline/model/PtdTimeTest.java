package dev.wattline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PtdTimeTest {

    @Test
    void everyDayOfFourHundredYearsIsThatOfTheCalendar() {
        for (LocalDate day = LocalDate.of(1899, 12, 31); day.getYear() < 2301; day = day.plusDays(1)) {
            Instant at = day.atTime(23, 59, 58, 123_000_000).toInstant(ZoneOffset.UTC);
            assertThat(PtdTime.parse(PtdTime.format(at), 0)).isEqualTo(at);
        }
    }

    @Test
    void theFirstAndTheLastYearAreRight() {
        assertThat(PtdTime.parse("01-01-0000 00:00:00.000", 0)).isEqualTo(Instant.parse("0000-01-01T00:00:00Z"));
        assertThat(PtdTime.parse("x12-31-9999 23:59:59.999", 1)).isEqualTo(Instant.parse("9999-12-31T23:59:59.999Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "02-29-2021 00:00:00.000",
                "00-01-2021 00:00:00.000",
                "13-01-2021 00:00:00.000",
                "04-31-2021 00:00:00.000",
                "01-00-2021 00:00:00.000",
                "01-01-2021 24:00:00.000",
                "01-01-2021 00:60:00.000",
                "01-01-2021 00:00:60.000",
                "01-01-2021 00:00:00.00",
                "01-01-2021T00:00:00.000"
            })
    void whatIsNoDateIsRefused(String text) {
        assertThatThrownBy(() -> PtdTime.parse(text, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "07-05-2022 13:09:48.96", "07-05-2022T13:09:48.969", "07-0x-2022 13:09:48.969"})
    void aTextWithoutAStampHasNoTime(String text) {
        assertThat(PtdTime.epochMillisIfAny(text, 0)).isEqualTo(PtdTime.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PtdTime.epochMillis(text, 0))
                .withMessageContaining("expected a time stamp");
    }

    @Test
    void aStampThatIsNoDateIsRefusedByBoth() {
        String text = "02-30-2022 13:09:48.969";
        assertThatIllegalArgumentException().isThrownBy(() -> PtdTime.epochMillisIfAny(text, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PtdTime.epochMillis(text, 0))
                .withMessageContaining("not a date");
    }
}
