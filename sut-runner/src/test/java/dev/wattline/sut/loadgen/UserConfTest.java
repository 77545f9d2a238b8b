package dev.wattline.sut.loadgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserConfTest {
    private static UserConf conf(String text) {
        return new UserConf(Path.of("user.conf"), text);
    }

    /** LoadGen takes the more exact name, so each name that is there must be given again. */
    @Test
    void shortensEveryModelAndScenarioThatIsNamed() {
        String shortened = conf("""
                # a comment
                *.*.min_duration = 600000
                resnet50.SingleStream.target_latency = 0.4 # ms
                resnet50.*.target_qps = 100
                """).shortened(120);

        assertThat(shortened).endsWith("""
                # ranging of 120 s
                *.*.min_duration = 120000
                *.*.max_duration = 120000
                resnet50.SingleStream.min_duration = 120000
                resnet50.SingleStream.max_duration = 120000
                resnet50.*.min_duration = 120000
                resnet50.*.max_duration = 120000
                *.Offline.min_duration = 120000
                *.Offline.max_duration = 120000
                resnet50.Offline.min_duration = 120000
                resnet50.Offline.max_duration = 120000
                resnet50.Offline.min_query_count = 0
                resnet50.Offline.max_query_count = 12000
                """);
    }

    @Test
    void theMostExactRateCounts() {
        assertThat(conf("*.*.target_qps = 1\n*.Offline.target_qps = 2\nbert.Offline.min_query_count = 9\n")
                        .shortened(60))
                .contains("bert.Offline.max_query_count = 120\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bert.Offline.target_qps | line 1: expected 'model.scenario.key = value'",
                "'' | found none",
                "bert.Offline.target_qps = many | bert.Offline.target_qps: expected a number above 0, got 'many'",
                "bert.Offline.target_qps = 0 | above 0, got '0'",
                "bert.Offline.min_duration = 5 | bert.Offline.target_qps is not there"
            })
    void whatLoadgenCouldNotUseIsRefused(String text, String message) {
        assertThatThrownBy(() -> conf(text).shortened(300))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
