package dev.wattline.sut.loadgen;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * LoadGen's user.conf: lines of {@code model.scenario.key = value}, where {@code *} stands for any model or scenario, a
 * later line replaces an earlier one of the same name, and the more exact name counts. Immutable.
 */
public final class UserConf {
    private static final Pattern LINE =
            Pattern.compile("\\s*([^.\\s#=]+)\\.([^.\\s#=]+)\\.([^.\\s#=]+)\\s*=\\s*([^#]*?)\\s*(#.*)?");
    private static final String ANY = "*";
    private static final String OFFLINE = "Offline";
    private static final String QPS = "target_qps";

    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>(); // by the whole name
    private final Set<String> owners = new LinkedHashSet<>(); // model.scenario

    /**
     * @param name of the file, for messages
     * @throws IllegalArgumentException if a line is neither blank, a comment nor an assignment
     */
    public UserConf(Path name, String text) {
        this.text = text;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(name + ", line " + number
                        + ": expected 'model.scenario.key = value', got '" + line.strip() + "'");
            }
            values.put(matcher.group(1) + "." + matcher.group(2) + "." + matcher.group(3), matcher.group(4));
            owners.add(matcher.group(1) + "." + matcher.group(2));
        }
        if (owners.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected lines 'model.scenario.key = value', found none");
        }
    }

    /**
     * The same with a run of so many seconds for every model and scenario that it names. Offline counts samples and not
     * time, and is cut by the samples that its {@code target_qps} makes in that time.
     *
     * @throws IllegalArgumentException if the expected rate of an Offline run is not told, or is no number above 0
     */
    public String shortened(int seconds) {
        StringBuilder out = new StringBuilder(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            out.append('\n');
        }
        out.append("# ranging of ").append(seconds).append(" s\n");
        Set<String> all = new LinkedHashSet<>(owners);
        for (String owner : owners) {
            if (owner.endsWith("." + ANY)) {
                all.add(model(owner) + "." + OFFLINE);
            }
        }
        for (String owner : all) {
            out.append(owner).append(".min_duration = ").append(seconds * 1000L).append('\n');
            out.append(owner).append(".max_duration = ").append(seconds * 1000L).append('\n');
            if (owner.endsWith("." + OFFLINE)) {
                rate(model(owner), owners.contains(owner)).ifPresent(rate -> {
                    out.append(owner).append(".min_query_count = 0\n");
                    out.append(owner)
                            .append(".max_query_count = ")
                            .append((long) Math.ceil(rate * seconds))
                            .append('\n');
                });
            }
        }
        return out.toString();
    }

    private static String model(String owner) {
        return owner.substring(0, owner.indexOf('.'));
    }

    /** The rate that LoadGen would take for Offline, samples/s; the most exact name counts. */
    private Optional<Double> rate(String model, boolean required) {
        for (String owner :
                new String[] {model + "." + OFFLINE, model + "." + ANY, ANY + "." + OFFLINE, ANY + "." + ANY}) {
            String value = values.get(owner + "." + QPS);
            if (value != null) {
                double rate = number(value);
                if (!(rate > 0) || Double.isInfinite(rate)) {
                    throw new IllegalArgumentException(
                            owner + "." + QPS + ": expected a number above 0, got '" + value + "'");
                }
                return Optional.of(rate);
            }
        }
        if (required) {
            throw new IllegalArgumentException(model + "." + OFFLINE + "." + QPS
                    + " is not there: without the expected rate the samples of a short Offline run are not known");
        }
        return Optional.empty();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN; // told by the caller, with its name
        }
    }
}
