package dev.wattline.records.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.records.query.OrderTrend.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTrendTest {
    /** So many groups in blocks, each value risen by a share from one place to the next. */
    private static List<List<Placed>> groups(int groups, int blocks, double drift, Random random) {
        List<List<Placed>> all = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            List<Placed> values = new ArrayList<>();
            for (int block = 0; block < blocks; block++) {
                int place = block * groups + group;
                values.add(new Placed(
                        place, (100 + 50 * group) * Math.exp(drift * place + 0.005 * random.nextGaussian())));
            }
            all.add(values);
        }
        return all;
    }

    @Test
    void aMachineThatGrowsWarmerIsSeenBesideWhatCellsDifferBy() {
        OrderTrend trend = OrderTrend.of(groups(8, 4, 0.001, new Random(3)));

        assertThat(trend.number()).isEqualTo(32);
        assertThat(trend.correlation()).isGreaterThan(0.7);
        assertThat(trend.isDrift()).isTrue();
    }

    @Test
    void valuesThatOnlyRiseAreCorrelatedWholly() {
        OrderTrend trend = OrderTrend.of(List.of(List.of(
                new Placed(1, 10), new Placed(2, 11), new Placed(3, 12), new Placed(5, 13), new Placed(9, 14))));

        assertThat(trend.correlation()).isCloseTo(1, within(1e-12));
        assertThat(trend.probability()).as("2 of 120 orders").isCloseTo(2 / 120.0, within(0.006));
    }

    @Test
    void chanceIsNoDriftMoreOftenThanItSays() {
        Random random = new Random(8);
        int rounds = 200;
        int found = 0;
        for (int i = 0; i < rounds; i++) {
            found += OrderTrend.of(groups(6, 3, 0, random)).probability() < 0.05 ? 1 : 0;
        }
        assertThat(found / (double) rounds).isBetween(0.01, 0.095);
    }

    @Test
    void fewValuesTellNothing() {
        OrderTrend trend =
                OrderTrend.of(List.of(List.of(new Placed(1, 10)), List.of(new Placed(2, 10), new Placed(3, 11))));

        assertThat(trend.number()).isEqualTo(2);
        assertThat(trend.correlation()).isNaN();
        assertThat(trend.isDrift()).isFalse();
    }
}
