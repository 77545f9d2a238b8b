package dev.wattline.records.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "gpus=8, 8, true",
                "gpus=8, 8.0, true", // a number is a number, however it is written
                "gpus=8, 80, false",
                "gpus!=8, 80, true",
                "gpus!=8, none, true",
                "gpus=8, none, false",
                "powercap<=500, 500, true",
                "powercap<500, 500, false",
                "powercap>99, 100, true", // as text it would not be
                "workload=bert-*, bert-offline, true",
                "workload=bert-*, my-bert-offline, false",
                "workload=*offline*, bert-offline, true",
                "workload=a.b*, axb, false",
                "workload!=bert-*, resnet, true",
                "tags=baseline, 'first,baseline', true",
                "tags=base, 'first,baseline', false",
                "tags!=baseline, 'first,baseline', false",
                "since=2026-11, 2026-11-01T00:00:00Z, true",
                "since=2026-11, 2026-10-31T23:59:59Z, false",
                "until=2026-11, 2026-10-31T23:59:59Z, true",
                "valid, true, true",
                "valid, false, false",
                "official, profile, false"
            })
    void holdsOrNot(String word, String found, boolean holds) {
        assertThat(Condition.parse(word))
                .singleElement()
                .satisfies(one -> assertThat(one.holds(found)).isEqualTo(holds));
    }

    @Test
    void severalWordsAreSeveralConditions() {
        assertThat(Condition.parse("  workload=bert   gpus=8 valid "))
                .extracting(Condition::key)
                .containsExactly("workload", "gpus", "valid");
        assertThat(Condition.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert", "=8", "gpus", "gpus~8", "since>2026"})
    void whatIsNoConditionIsRefused(String word) {
        assertThatThrownBy(() -> Condition.parse(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got '" + word + "'");
    }
}
