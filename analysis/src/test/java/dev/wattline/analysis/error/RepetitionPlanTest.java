package dev.wattline.analysis.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.analysis.result.Repetitions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepetitionPlanTest {

    /** N is the least whole number of at least (1.96 CV / target)². */
    @ParameterizedTest
    @CsvSource({"0.1, 1, 1, 1", "1, 1, 1, 4", "5, 4, 25, 97", "10, 16, 97, 385", "45, 312, 1945, 7780"})
    void theRunsNeededGrowWithTheSquareOfTheScatter(double cvPct, int five, int two, int one) {
        Repetitions plan = RepetitionPlan.of(cvPct, Double.NaN, 100);

        assertThat(plan.cv1Pct()).isEqualTo(cvPct);
        assertThat(plan.nForTarget())
                .containsEntry("5", five)
                .containsEntry("2", two)
                .containsEntry("1", one);
    }

    @Test
    void whereTheScatterIsNotKnownThereIsNoNumber() {
        Repetitions plan = RepetitionPlan.of(Double.NaN, Double.NaN, Double.NaN);

        assertThat(plan.nForTarget()).isEmpty();
        assertThat(plan.nForTargetWorst()).isEmpty();
        assertThat(plan.advice()).contains("a random delay between 0 and the sensor's update period");
    }

    @Test
    void repetitionsAreSpacedOverTheSensorsPeriod() {
        assertThat(RepetitionPlan.of(1, 45, 101.2).advice()).contains("between 0 and 101 ms");
    }
}
