package dev.wattline.mock.signal;

import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.SpecText;
import java.util.ArrayList;
import java.util.List;

/**
 * Signals as text: a name, and then {@code ,key=value} in any order.
 *
 * <ul>
 *   <li>{@code constant,watts=200}
 *   <li>{@code ramp,from=100,to=300,seconds=60}
 *   <li>{@code square,low=100,high=300,period=2,duty=0.5}
 *   <li>{@code phases,steps=100x10/300x20}: watts x seconds, one step after another
 *   <li>{@code cycle,steps=100x10/300x20}: the same again and again
 *   <li>{@code server,gpus=300x20/1200x40,base=250,cpu=60,cpu-period=17,fans=0.03,delay=30,peak=0.94,rated=2500}: a
 *       {@link ServerSignal}, whose GPUs run through a cycle
 *   <li>{@code cpu,idle=60,span=140}: idle watts, and what full load adds
 * </ul>
 */
public final class SignalSpec {
    private static final String FORMS = "Signals: constant,watts=W; ramp,from=W,to=W,seconds=S;"
            + " square,low=W,high=W,period=S,duty=0..1; phases,steps=WxS/WxS; cycle,steps=WxS/WxS;"
            + " server,gpus=WxS/WxS,base=W,cpu=W,cpu-period=S,fans=0..1,delay=S,peak=0..1,rated=W; cpu,idle=W,span=W";
    private static final String STEPS = "100x10/300x10";

    private SignalSpec() {}

    /**
     * @throws InvalidOptionException if the text is no signal
     */
    public static SignalModel parse(String text) {
        SpecText spec = new SpecText("signal", text, FORMS);
        return switch (spec.kind()) {
            case "constant" -> new ConstantSignal(spec.only("watts").notNegative("watts", 200));
            case "ramp" ->
                new RampSignal(
                        spec.only("from", "to", "seconds").notNegative("from", 100),
                        spec.notNegative("to", 300),
                        spec.positive("seconds", 60));
            case "square" ->
                new SquareWave(
                        spec.only("low", "high", "period", "duty").notNegative("low", 100),
                        spec.notNegative("high", 300),
                        spec.positive("period", 2),
                        share(spec, "duty", 0.5));
            case "phases" -> new PhasedSignal(steps(spec.only("steps"), "steps"));
            case "cycle" -> cycle(spec.only("steps"), "steps");
            case "server" -> server(spec);
            case "cpu" ->
                new CpuLoadSignal(
                        spec.only("idle", "span").notNegative("idle", 60),
                        spec.notNegative("span", 140),
                        CpuMeter.system());
            default -> throw spec.wrong("unknown signal '" + spec.kind() + "'");
        };
    }

    private static ServerSignal server(SpecText spec) {
        spec.only("gpus", "base", "cpu", "cpu-period", "fans", "delay", "peak", "rated");
        CyclicSignal gpus = cycle(spec, "gpus");
        double base = spec.notNegative("base", 200);
        double cpu = spec.notNegative("cpu", 0);
        double fans = share(spec, "fans", 0.03);
        double peak = spec.positive("peak", 0.94);
        if (peak < ServerSignal.LEAST_PEAK || peak > 1) {
            throw spec.wrong("peak: expected " + ServerSignal.LEAST_PEAK + " to 1, got " + peak);
        }
        double most = base + cpu + (1 + fans) * gpus.most();
        return new ServerSignal(
                gpus,
                base,
                cpu,
                spec.positive("cpu-period", 17),
                new ServerSignal.Fans(fans, spec.notNegative("delay", 30)),
                new ServerSignal.Supply(peak, spec.positive("rated", Math.max(1, 1.4 * most))));
    }

    private static double share(SpecText spec, String key, double otherwise) {
        double share = spec.number(key, otherwise);
        if (share < 0 || share > 1) {
            throw spec.wrong(key + ": expected 0 to 1, got " + share);
        }
        return share;
    }

    private static CyclicSignal cycle(SpecText spec, String key) {
        try {
            return new CyclicSignal(steps(spec, key));
        } catch (IllegalArgumentException e) {
            throw spec.wrong(key + ": " + e.getMessage());
        }
    }

    private static List<PhasedSignal.Step> steps(SpecText spec, String key) {
        List<PhasedSignal.Step> steps = new ArrayList<>();
        for (String step : spec.text(key, STEPS).split("/", -1)) {
            String[] parts = step.split("x", -1);
            if (parts.length != 2) {
                throw spec.wrong(key + ": expected <watts>x<seconds>, got '" + step + "'");
            }
            steps.add(new PhasedSignal.Step(spec.number(key, parts[0]), spec.number(key, parts[1])));
        }
        return steps;
    }
}
