package dev.wattline.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void alignsLabelsLeftAndFiguresRight() {
        ResultTable table =
                new ResultTable("Skew", "analyzers", "p99 ms").row("two", 0.5).row("eight analyzers", 12);

        assertThat(table.toString()).isEqualTo("""
                Skew

                | analyzers       | p99 ms |
                |-----------------|-------:|
                | two             |    0.5 |
                | eight analyzers |     12 |
                """);
    }

    @Test
    void refusesARowOfAnotherWidth() {
        assertThatThrownBy(() -> new ResultTable("t", "a", "b").row(1)).isInstanceOf(IllegalArgumentException.class);
    }
}
