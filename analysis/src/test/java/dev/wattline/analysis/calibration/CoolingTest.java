package dev.wattline.analysis.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.analysis.calibration.Cooling.Changes;
import dev.wattline.analysis.calibration.Cooling.Course;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CoolingTest {
    private static final Cooling CALIBRATED = cooling(Map.of("a", 5400.0, "b", 5200.0), Map.of("inlet", 23.0));

    private static Cooling cooling(Map<String, Double> fans, Map<String, Double> temperatures) {
        TreeMap<String, Course> speeds = new TreeMap<>();
        fans.forEach((name, rpm) -> speeds.put(name, new Course(rpm, rpm, rpm)));
        TreeMap<String, Course> degrees = new TreeMap<>();
        temperatures.forEach((name, mean) -> degrees.put(name, new Course(mean - 2, mean, mean + 2)));
        return new Cooling(speeds, degrees);
    }

    private static Changes now(Map<String, Double> fans, Map<String, Double> temperatures) {
        return CALIBRATED.changes(cooling(fans, temperatures));
    }

    @Test
    void whereAllIsAsItWasNothingIsTold() {
        assertThat(now(Map.of("a", 3000.0, "b", 3100.0), Map.of("inlet", 24.0)))
                .isEqualTo(new Changes(List.of(), List.of(), 0));
    }

    @Test
    void aFanThatStandsStillAndNeverDidIsStopped() {
        assertThat(now(Map.of("a", 5400.0, "b", 0.0), Map.of("inlet", 23.0)).stopped())
                .singleElement()
                .asString()
                .contains("fan b stands still", "5200");
    }

    @Test
    void aFanThatStoodStillWhenCalibratedMayStandStill() {
        Cooling semiPassive = cooling(Map.of("a", 0.0), Map.of());

        assertThat(semiPassive.changes(semiPassive).stopped()).isEmpty();
        assertThat(semiPassive.still()).containsExactly("a");
    }

    @Test
    void aFanThatIsNoMoreAndFansThatNobodyReadsAreTold() {
        assertThat(now(Map.of("a", 5400.0), Map.of("inlet", 23.0)).told())
                .singleElement()
                .asString()
                .contains("fan b was read when calibrated");
        assertThat(now(Map.of(), Map.of("inlet", 23.0)).told())
                .singleElement()
                .asString()
                .startsWith("fans were not watched");
        assertThat(Cooling.NONE.changes(CALIBRATED).told())
                .singleElement()
                .asString()
                .startsWith("fans were not compared");
    }

    @Test
    void aTemperatureOutsideOfTheRangeIsToldAndWidens() {
        Changes changes = now(Map.of("a", 5400.0, "b", 5200.0), Map.of("inlet", 35.0));
        WallPrediction before = new WallPrediction(100, 500, 6, "gpu", Map.of(), List.of(), false, true);

        WallPrediction after = before.with(changes);

        assertThat(changes.outsideC()).isEqualTo(10);
        assertThat(after.told()).singleElement().asString().contains("inlet was at 35 °C, and at 21 to 25 °C");
        assertThat(after.termsW().get("temperature")).isCloseTo(0.002 * 10 * 500, within(1e-9));
        assertThat(after.sigmaW()).isCloseTo(Math.hypot(6, 10), within(1e-9));
    }

    @Test
    void twoSessionsTellTheWiderRange() {
        Cooling both = CALIBRATED.and(cooling(Map.of("a", 2000.0), Map.of("inlet", 31.0)));

        assertThat(both.temperatures()).containsEntry("inlet", new Course(21, 27, 33));
        assertThat(both.fans()).containsEntry("a", new Course(2000, 3700, 5400)).containsKey("b");
    }
}
