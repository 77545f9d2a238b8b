package dev.wattline.agent.job;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.config.AgentConfig.Parameter;
import dev.wattline.model.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for: names out of the configuration and values that it allows, nothing else.
 *
 * @param workload a workload's name
 * @param params values of its parameters
 * @param settings values of settings, by name, in the order in which they are to be applied
 * @param with what is to run beside the workload; empty for nothing
 * @param more further options of {@code run}, such as {@code --ranging-only}
 */
public record JobRequest(
        String workload,
        SortedMap<String, String> params,
        Map<String, String> settings,
        Optional<NamedCompanion> with,
        List<String> more) {
    /** The option of {@code run} by which it measures without director. */
    public static final String NO_DIRECTOR = "--no-director";

    private static final Set<String> NOT_OFFICIAL = Set.of(NO_DIRECTOR, "--profile", "--ranging-only");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9][a-z0-9._-]*)\\}");

    public JobRequest {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        more = List.copyOf(more);
    }

    /** One of a workload that runs alone. */
    public JobRequest(
            String workload, SortedMap<String, String> params, Map<String, String> settings, List<String> more) {
        this(workload, params, settings, Optional.empty(), more);
    }

    /**
     * The same with the defaults of parameters that were not given.
     *
     * @throws WrongRequestException if a name is not in the configuration or a value is not allowed: all that is wrong, at
     *     once
     */
    public JobRequest complete(AgentConfig config) {
        List<String> problems = new ArrayList<>();
        NamedWorkload known = config.workloads().get(workload);
        TreeMap<String, String> all = new TreeMap<>(params);
        if (known == null) {
            problems.add("there is no workload '" + workload + "'"
                    + NearestName.question(workload, config.workloads().keySet()) + "; the configuration has "
                    + String.join(", ", config.workloads().keySet()));
        } else {
            params.forEach((name, value) -> {
                Parameter parameter = known.params().get(name);
                if (parameter == null) {
                    problems.add("workload " + workload + " has no parameter '" + name + "'"
                            + NearestName.question(name, known.params().keySet())
                            + (known.params().isEmpty()
                                    ? ""
                                    : "; it has "
                                            + String.join(", ", known.params().keySet())));
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
                problems.add("there is no setting '" + name + "'"
                        + NearestName.question(name, config.settings().keySet())
                        + (config.settings().isEmpty()
                                ? ""
                                : "; the configuration has "
                                        + String.join(", ", config.settings().keySet())));
            } else {
                setting.allowed().refuse(value).ifPresent(why -> problems.add("setting " + name + ": " + why));
            }
        });
        with.ifPresent(companion -> {
            problems.addAll(objections(companion, config));
            sharedLogs(known, companion, config).ifPresent(problems::add);
        });
        if (!problems.isEmpty()) {
            throw new WrongRequestException(
                    String.join("\n", problems), "'wattline agent -c FILE workloads' lists all of them.");
        }
        return new JobRequest(workload, all, settings, with, more);
    }

    /** Logs of both in one folder would be taken for one another. */
    private Optional<String> sharedLogs(@Nullable NamedWorkload main, NamedCompanion companion, AgentConfig config) {
        NamedWorkload beside = config.workloads().get(companion.workload());
        if (main == null || beside == null) {
            return Optional.empty();
        }
        return main.loadgenLogs()
                .filter(folder -> beside.loadgenLogs()
                        .filter(other -> other.startsWith(folder) || folder.startsWith(other))
                        .isPresent())
                .map(folder -> "workload " + companion.workload() + " cannot run beside " + workload
                        + ": both write LoadGen's logs to " + folder + "; name a workload that writes elsewhere");
    }

    /** Why a workload cannot run beside another one; mostly nothing. */
    public static List<String> objections(NamedCompanion companion, AgentConfig config) {
        NamedWorkload known = config.workloads().get(companion.workload());
        if (known == null) {
            return List.of("there is no workload '" + companion.workload() + "' to run beside another"
                    + NearestName.question(
                            companion.workload(), config.workloads().keySet())
                    + "; the configuration has "
                    + String.join(", ", config.workloads().keySet()));
        }
        return known.params().entrySet().stream()
                .filter(param -> param.getValue().fallback().isEmpty())
                .map(param -> "workload " + companion.workload() + " cannot run beside another: its parameter "
                        + param.getKey() + " has no default, and a companion has no other values")
                .toList();
    }

    /**
     * What is asked of the agent for the workload that runs beside: its name with the defaults of its parameters.
     *
     * @param config one by which this request is complete
     */
    public Optional<JobRequest> companion(AgentConfig config) {
        return with.map(one -> new JobRequest(one.workload(), new TreeMap<>(), Map.of(), List.of()).complete(config));
    }

    /**
     * Where the workload writes LoadGen's logs, without which nothing can be measured.
     *
     * @throws WrongRequestException if the configuration does not say it
     */
    public Path loadgenLogs(AgentConfig config) {
        return Objects.requireNonNull(config.workloads().get(workload))
                .loadgenLogs()
                .orElseThrow(() -> new WrongRequestException(
                        "workload " + workload + " has no loadgenLogs in the agent's configuration: it can be run with"
                                + " --kind plain only",
                        "Say there where it writes LoadGen's logs, to have it measured."));
    }

    /**
     * Sees that it can be measured.
     *
     * @throws WrongRequestException if it cannot
     */
    public void requireMeasurable(AgentConfig config) {
        if (!isInformal()) {
            loadgenLogs(config);
        }
        if (with.isPresent() && more.stream().noneMatch(NOT_OFFICIAL::contains)) {
            throw new WrongRequestException(
                    "a session with a companion is no submission", "Give --profile too, or leave the companion out.");
        }
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

    /** Whether it is measured by this machine's own sources, without a director. */
    public boolean isInformal() {
        return more.contains(NO_DIRECTOR);
    }

    /** The parameters as variables for the workload. */
    public SortedMap<String, String> variables() {
        return variables("WATTLINE_P_");
    }

    /** Workload and parameters as variables for what runs beside it. */
    public SortedMap<String, String> variablesForCompanion() {
        SortedMap<String, String> variables = variables("WATTLINE_MAIN_P_");
        variables.put("WATTLINE_MAIN_WORKLOAD", workload);
        return variables;
    }

    private SortedMap<String, String> variables(String prefix) {
        SortedMap<String, String> variables = new TreeMap<>();
        params.forEach((name, value) ->
                variables.put(prefix + name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        return variables;
    }
}
