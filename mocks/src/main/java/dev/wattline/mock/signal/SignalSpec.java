package dev.wattline.mock.signal;

import dev.wattline.mock.InvalidOptionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Signals as text: a name, and then {@code ,key=value} in any order.
 *
 * <ul>
 *   <li>{@code constant,watts=200}
 *   <li>{@code ramp,from=100,to=300,seconds=60}
 *   <li>{@code square,low=100,high=300,period=2,duty=0.5}
 *   <li>{@code phases,steps=100x10/300x20}: watts x seconds, one step after another
 *   <li>{@code cpu,idle=60,span=140}: idle watts, and what full load adds
 * </ul>
 */
public final class SignalSpec {
    private static final String FORMS = "Signals: constant,watts=W; ramp,from=W,to=W,seconds=S;"
            + " square,low=W,high=W,period=S,duty=0..1; phases,steps=WxS/WxS; cpu,idle=W,span=W";

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();

    private SignalSpec(String text) {
        this.text = text;
    }

    /**
     * @throws InvalidOptionException if the text is no signal
     */
    public static SignalModel parse(String text) {
        SignalSpec spec = new SignalSpec(text);
        String[] parts = text.split(",", -1);
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 0) {
                throw spec.wrong("expected key=value, got '" + parts[i] + "'");
            }
            spec.values.put(parts[i].substring(0, equals), parts[i].substring(equals + 1));
        }
        return switch (parts[0]) {
            case "constant" -> new ConstantSignal(spec.only(Set.of("watts")).watts("watts", 200));
            case "ramp" -> spec.only(Set.of("from", "to", "seconds")).ramp();
            case "square" -> spec.only(Set.of("low", "high", "period", "duty")).square();
            case "phases" -> spec.only(Set.of("steps")).phases();
            case "cpu" ->
                new CpuLoadSignal(
                        spec.only(Set.of("idle", "span")).watts("idle", 60),
                        spec.watts("span", 140),
                        CpuMeter.system());
            default -> throw spec.wrong("unknown signal '" + parts[0] + "'");
        };
    }

    private RampSignal ramp() {
        return new RampSignal(watts("from", 100), watts("to", 300), positive("seconds", 60));
    }

    private SquareWave square() {
        double duty = number("duty", 0.5);
        if (duty < 0 || duty > 1) {
            throw wrong("duty: expected 0 to 1, got " + duty);
        }
        return new SquareWave(watts("low", 100), watts("high", 300), positive("period", 2), duty);
    }

    private PhasedSignal phases() {
        List<PhasedSignal.Step> steps = new ArrayList<>();
        for (String step : values.getOrDefault("steps", "100x10/300x10").split("/", -1)) {
            String[] parts = step.split("x", -1);
            if (parts.length != 2) {
                throw wrong("steps: expected <watts>x<seconds>, got '" + step + "'");
            }
            steps.add(new PhasedSignal.Step(number("steps", parts[0]), number("steps", parts[1])));
        }
        return new PhasedSignal(steps);
    }

    private SignalSpec only(Set<String> keys) {
        for (String key : values.keySet()) {
            if (!keys.contains(key)) {
                throw wrong("unknown key '" + key + "'");
            }
        }
        return this;
    }

    private double watts(String key, double otherwise) {
        double watts = number(key, otherwise);
        if (watts < 0) {
            throw wrong(key + ": expected 0 W or more, got " + watts);
        }
        return watts;
    }

    private double positive(String key, double otherwise) {
        double value = number(key, otherwise);
        if (!(value > 0)) {
            throw wrong(key + ": expected more than 0, got " + value);
        }
        return value;
    }

    private double number(String key, double otherwise) {
        String value = values.get(key);
        return value == null ? otherwise : number(key, value);
    }

    private double number(String key, String value) {
        try {
            double number = Double.parseDouble(value);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(key + ": expected a number, got '" + value + "'");
        }
        throw wrong(key + ": expected a finite number, got '" + value + "'");
    }

    private InvalidOptionException wrong(String problem) {
        return new InvalidOptionException("signal '" + text + "': " + problem, FORMS);
    }
}
