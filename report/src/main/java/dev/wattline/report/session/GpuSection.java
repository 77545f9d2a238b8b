package dev.wattline.report.session;

import dev.wattline.analysis.result.GpuPhase;
import dev.wattline.analysis.result.GpuResult;
import dev.wattline.analysis.result.Interval;
import dev.wattline.analysis.result.SensorResult;
import dev.wattline.report.page.Figure;
import dev.wattline.report.page.Numbers;
import dev.wattline.report.page.Section;
import dev.wattline.report.page.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Each GPU: its sensor, what it drew in the window, and in every phase. */
final class GpuSection {
    private GpuSection() {}

    static Section of(RunFacts facts) {
        return new Section(
                "gpus",
                "Each GPU",
                lead(facts),
                facts.hasTrace()
                        ? List.of(new Figure.TimePlot(
                                "Power of each GPU as reported", "Power in W of each GPU over time.", "gpus"))
                        : List.of(),
                List.of(window(facts), sensors(facts), phases(facts)),
                List.of("sensor", "estimate"));
    }

    private static String lead(RunFacts facts) {
        int count = facts.found().gpus().size();
        Set<String> reasons = new LinkedHashSet<>();
        for (GpuResult gpu : facts.found().gpus()) {
            if (!gpu.sensor().reason().isEmpty()) {
                reasons.add(gpu.sensor().reason());
            }
        }
        String sensors = reasons.isEmpty() ? "" : " About the sensors: " + String.join(" ", reasons);
        return (count == 1 ? "One GPU" : count + " GPUs") + ", read from the field "
                + facts.found().gpus().get(0).field() + "." + sensors;
    }

    private static Table window(RunFacts facts) {
        List<List<String>> rows = new ArrayList<>();
        List<GpuResult> gpus = facts.found().gpus();
        for (int k = 0; k < gpus.size(); k++) {
            GpuResult gpu = gpus.get(k);
            GpuPhase phase = gpu.phases().stream()
                    .filter(one -> one.start().equals(facts.found().windowStart())
                            && one.end().equals(facts.found().windowEnd()))
                    .findFirst()
                    .orElse(null);
            rows.add(List.of(
                    RunFacts.gpuLabel(k),
                    gpu.name().isEmpty() ? "not told by the log" : gpu.name(),
                    phase == null ? Numbers.NONE : Numbers.within(phase.reportedMeanW(), watts(phase)),
                    phase == null ? Numbers.NONE : Numbers.within(phase.meanW(), watts(phase)),
                    phase == null ? Numbers.NONE : Numbers.joules(phase.energyJ(), phase.ci95J()),
                    phase == null || Double.isNaN(phase.relHalfWidthPct())
                            ? Numbers.NONE
                            : "± " + Numbers.halfWidthPercent(phase.relHalfWidthPct()),
                    phase == null ? Numbers.NONE : String.valueOf(phase.values()),
                    Numbers.nominal(gpu.sensor().periodMs()),
                    Numbers.nominal(gpu.sensor().windowMs()),
                    Numbers.percent(100 * gpu.sensor().coverage()),
                    phase == null ? "" : phase.status()));
        }
        return new Table(
                "Over " + facts.windowText() + ": T is the sensor's update period, W its averaging window",
                Table.columns(
                        "GPU",
                        "Card",
                        "#Reported W",
                        "#Estimate W",
                        "#Energy",
                        "#95 %",
                        "#Readings",
                        "#T ms",
                        "#W ms",
                        "#Time seen",
                        "Status"),
                rows,
                true);
    }

    private static Table sensors(RunFacts facts) {
        List<List<String>> rows = new ArrayList<>();
        List<GpuResult> gpus = facts.found().gpus();
        for (int k = 0; k < gpus.size(); k++) {
            GpuResult gpu = gpus.get(k);
            SensorResult sensor = gpu.sensor();
            rows.add(List.of(
                    RunFacts.gpuLabel(k),
                    gpu.key(),
                    gpu.field(),
                    Numbers.digits(gpu.pollMs(), 4),
                    sensor.source(),
                    sensor.identifiable() ? "yes" : "no",
                    Numbers.within(sensor.detectedPeriodMs(), sensor.periodSigmaMs()),
                    Numbers.within(sensor.periodSigmaMs(), sensor.periodSigmaMs()),
                    Numbers.digits(sensor.r(), 3),
                    String.valueOf(sensor.changes()),
                    plusMinus(gpu.gain(), gpu.gainSigma()),
                    plusMinus(gpu.offsetW(), gpu.offsetSigmaW())));
        }
        return new Table(
                "Sensors. R tells how sharply the changes of the reading lie on multiples of T; gain and offset with"
                        + " their standard uncertainties",
                Table.columns(
                        "GPU",
                        "Key",
                        "Field",
                        "#Poll ms",
                        "T from",
                        "T seen in the log",
                        "#T seen ms",
                        "#± ms",
                        "#R",
                        "#Changes",
                        "#Gain",
                        "#Offset W"),
                rows,
                false);
    }

    private static Table phases(RunFacts facts) {
        List<List<String>> rows = new ArrayList<>();
        List<GpuResult> gpus = facts.found().gpus();
        for (int k = 0; k < gpus.size(); k++) {
            for (GpuPhase phase : gpus.get(k).phases()) {
                rows.add(List.of(
                        RunFacts.gpuLabel(k),
                        phase.name(),
                        Numbers.within(phase.reportedMeanW(), watts(phase)),
                        Numbers.within(phase.meanW(), watts(phase)),
                        Numbers.joules(phase.ci95J()),
                        Numbers.joules(phase.samplingCi95J()),
                        String.valueOf(phase.values()),
                        Numbers.digits(phase.rampUpWps(), 3),
                        Numbers.digits(phase.rampDownWps(), 3),
                        phase.status()));
            }
        }
        return new Table(
                "Every GPU in every phase; the second interval takes gain and offset as exact",
                Table.columns(
                        "GPU",
                        "Phase",
                        "#Reported W",
                        "#Estimate W",
                        "#Energy, 95 %",
                        "#Sampling alone",
                        "#Readings",
                        "#Rise W/s",
                        "#Fall W/s",
                        "Status"),
                rows,
                false);
    }

    /** With a standard uncertainty, where there is one. */
    private static String plusMinus(double value, double sigma) {
        String text = Numbers.within(value, sigma);
        return Double.isNaN(sigma) ? text : text + " ± " + Numbers.within(sigma, sigma);
    }

    /** The interval of the mean power. */
    private static Interval watts(GpuPhase phase) {
        return phase.ci95J().times(phase.meanW() / phase.energyJ());
    }
}
