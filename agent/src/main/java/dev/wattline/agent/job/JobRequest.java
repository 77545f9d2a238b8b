package dev.wattline.agent.job;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.config.AgentConfig.Parameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody asked for: names out of the configuration and values that it allows, nothing else.
 *
 * @param workload a workload's name
 * @param params values of its parameters
 * @param settings values of settings, by name, in the order in which they are to be applied
 * @param more further options of {@code run}, such as {@code --ranging-only}
 */
public record JobRequest(
        String workload, SortedMap<String, String> params, Map<String, String> settings, List<String> more) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9][a-z0-9._-]*)\\}");

    public JobRequest {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        more = List.copyOf(more);
    }

    /**
     * The same with the defaults of parameters that were not given.
     *
     * @throws AgentException if a name is not in the configuration or a value is not allowed: all that is wrong, at once
     */
    public JobRequest complete(AgentConfig config) {
        List<String> problems = new ArrayList<>();
        NamedWorkload known = config.workloads().get(workload);
        TreeMap<String, String> all = new TreeMap<>(params);
        if (known == null) {
            problems.add("there is no workload '" + workload + "'; the configuration has "
                    + String.join(", ", config.workloads().keySet()));
        } else {
            params.forEach((name, value) -> {
                Parameter parameter = known.params().get(name);
                if (parameter == null) {
                    problems.add("workload " + workload + " has no parameter '" + name + "'; it has "
                            + String.join(", ", known.params().keySet()));
                } else {
                    parameter.allowed().refuse(value).ifPresent(why -> problems.add("parameter " + name + ": " + why));
                }
            });
            known.params().forEach((name, parameter) -> {
                if (!all.containsKey(name)) {
                    parameter
                            .fallback()
                            .ifPresentOrElse(
                                    value -> all.put(name, value),
                                    () -> problems.add("parameter " + name + " must be given: "
                                            + parameter.allowed().describe()));
                }
            });
        }
        settings.forEach((name, value) -> {
            MachineSetting setting = config.settings().get(name);
            if (setting == null) {
                problems.add("there is no setting '" + name + "'; the configuration has "
                        + String.join(", ", config.settings().keySet()));
            } else {
                setting.allowed().refuse(value).ifPresent(why -> problems.add("setting " + name + ": " + why));
            }
        });
        if (!problems.isEmpty()) {
            throw new AgentException(
                    String.join("\n", problems), "'wattline agent workloads' lists all of them.", null);
        }
        return new JobRequest(workload, all, settings, more);
    }

    /** The workload's program and arguments with the parameters' values in their places. */
    public List<String> command(AgentConfig config) {
        List<String> words = new ArrayList<>();
        for (String word :
                Objects.requireNonNull(config.workloads().get(workload)).command()) {
            // In one pass, so that no value is taken for a place; braces that name no parameter stay.
            words.add(PLACE.matcher(word)
                    .replaceAll(place -> Matcher.quoteReplacement(params.getOrDefault(place.group(1), place.group()))));
        }
        return words;
    }

    /** The parameters as variables for the workload. */
    public SortedMap<String, String> variables() {
        SortedMap<String, String> variables = new TreeMap<>();
        params.forEach((name, value) ->
                variables.put("WATTLINE_P_" + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return variables;
    }
}
