package dev.wattline.agent.config;

import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.config.AgentConfig.Parameter;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads an agent's configuration and tells all that is wrong with it at once. It takes YAML without anchors, aliases and
 * tags, and every scalar as the text that it is: {@code on} is the word on and {@code 010} these three digits.
 */
public final class AgentConfigReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6})(s|m|h)?");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9][a-z0-9._-]*)\\}");
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 20;

    private final Path file;
    private final List<String> problems = new ArrayList<>();

    private AgentConfigReader(Path file) {
        this.file = file;
    }

    /**
     * Reads it.
     *
     * @throws ConfigProblemsException if anything is wrong with it
     */
    public static AgentConfig read(Path file) {
        AgentConfigReader reader = new AgentConfigReader(file);
        Optional<Node> root = reader.root();
        if (root.isEmpty()) {
            throw new ConfigProblemsException(reader.problems);
        }
        AgentConfig config = reader.config(root.get());
        if (!reader.problems.isEmpty()) {
            throw new ConfigProblemsException(reader.problems);
        }
        return config;
    }

    private AgentConfig config(Node root) {
        Map<String, Node> top = map(root, "");
        known(top, "", "sut", "director", "ntp", "results", "ready", "workloads", "settings");
        SortedMap<String, NamedWorkload> workloads = new TreeMap<>();
        named(top.get("workloads"), "workloads").forEach((name, node) -> workloads.put(name, workload(name, node)));
        SortedMap<String, MachineSetting> settings = new TreeMap<>();
        named(top.get("settings"), "settings").forEach((name, node) -> settings.put(name, setting(name, node)));
        List<List<String>> ready = new ArrayList<>();
        Node list = top.get("ready");
        if (list instanceof SequenceNode commands) {
            commands.getValue().forEach(command -> ready.add(command(command, "ready")));
        } else if (list != null) {
            problem(list, "ready: expected a list of commands");
        }
        return new AgentConfig(
                text(top, "sut", "", false),
                text(top, "director", "", true),
                text(top, "ntp", "", true),
                file.toAbsolutePath()
                        .resolveSibling(text(top, "results", "", true))
                        .normalize(),
                ready,
                workloads,
                settings);
    }

    private Optional<Node> root() {
        try {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(file.toRealPath());
            if (may.contains(PosixFilePermission.OTHERS_WRITE)) {
                problems.add(file + ": may be written by everybody, who could have any command run: chmod o-w " + file);
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                problems.add(file + ": is larger than 1 MiB");
                return Optional.empty();
            }
            String text = Files.readString(file);
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setNestingDepthLimit(MAX_DEPTH);
            for (Event event : new Yaml(options).parse(new StringReader(text))) {
                if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
                    problem(event.getStartMark(), "anchors and aliases are not taken: write the value twice");
                    return Optional.empty();
                }
            }
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.add(file + ": is empty");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            problem(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            problems.add(file + ": is no YAML: " + e.getMessage());
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + IoErrors.of(e));
        } catch (UnsupportedOperationException e) {
            problems.add(file + ": this system does not tell who may write it");
        }
        return Optional.empty();
    }

    private void problem(Node at, String what) {
        problem(at.getStartMark(), what);
    }

    private void problem(@Nullable Mark at, String what) {
        problems.add(
                at == null
                        ? file + ": " + what
                        : file + ", line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ": " + what);
    }

    private Map<String, Node> map(Node node, String where) {
        Map<String, Node> all = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            problem(node, (where.isEmpty() ? "the file" : where) + ": expected keys with values");
            return all;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(tuple.getKeyNode(), where + ": expected a word as key");
            } else if (all.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problem(key, (where.isEmpty() ? "" : where + ": ") + "the key " + key.getValue() + " is there twice");
            }
        }
        return all;
    }

    private void known(Map<String, Node> map, String where, String... keys) {
        map.forEach((key, node) -> {
            if (!List.of(keys).contains(key)) {
                problem(
                        node,
                        (where.isEmpty() ? "" : where + ": ") + "unknown key " + key + "; expected some of "
                                + String.join(", ", keys));
            }
        });
    }

    private Map<String, Node> named(@Nullable Node node, String where) {
        Map<String, Node> all = node == null ? new LinkedHashMap<>() : map(node, where);
        all.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || name.contains("..") || name.endsWith(".")) {
                problem(
                        value,
                        where + ": expected a name of small letters, digits, '.', '_' and '-', got '" + name + "'");
            }
        });
        return all;
    }

    private String text(Map<String, Node> map, String key, String where, boolean required) {
        Node node = map.get(key);
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        if (node != null) {
            problem(node, (where.isEmpty() ? "" : where + ": ") + key + ": expected a text");
        } else if (required) {
            problems.add(file + ": " + (where.isEmpty() ? "" : where + ": ") + "the key " + key + " is missing");
        }
        return "";
    }

    private List<String> command(@Nullable Node node, String where) {
        List<String> words = new ArrayList<>();
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            if (node != null) {
                problem(node, where + ": expected a list of program and arguments, such as [\"nvidia-smi\", \"-L\"]");
            }
            return words;
        }
        for (Node word : list.getValue()) {
            if (word instanceof ScalarNode scalar) {
                words.add(scalar.getValue());
            } else {
                problem(word, where + ": expected a text");
            }
        }
        return words;
    }

    private NamedWorkload workload(String name, Node node) {
        String where = "workloads." + name;
        Map<String, Node> map = map(node, where);
        known(map, where, "command", "cleanup", "folder", "loadgenLogs", "params");
        SortedMap<String, Parameter> params = new TreeMap<>();
        named(map.get("params"), where + ".params").forEach((param, value) -> {
            String at = where + ".params." + param;
            Map<String, Node> keys = map(value, at);
            known(keys, at, "values", "range", "pattern", "default");
            AllowedValues allowed = allowed(value, keys, at);
            Optional<String> fallback = Optional.ofNullable(keys.get("default"))
                    .filter(ScalarNode.class::isInstance)
                    .map(scalar -> ((ScalarNode) scalar).getValue());
            if (keys.containsKey("default") && fallback.isEmpty()) {
                problem(value, at + ".default: expected a text");
            }
            fallback.flatMap(allowed::refuse).ifPresent(why -> problem(value, at + ": default: " + why));
            params.put(param, new Parameter(allowed, fallback));
        });
        List<String> command = command(map.get("command"), where + ".command");
        if (!map.containsKey("command")) {
            problem(node, where + ": the key command is missing");
        }
        for (String word : command) {
            Matcher place = PLACE.matcher(word);
            while (place.find()) {
                if (!params.containsKey(place.group(1)) && word.equals(place.group())) {
                    problem(node, where + ".command: " + word + " names no parameter of params");
                }
            }
        }
        Path folder = file.toAbsolutePath()
                .resolveSibling(text(map, "folder", where, false))
                .normalize();
        return new NamedWorkload(
                command,
                command(map.get("cleanup"), where + ".cleanup"),
                folder,
                folder.resolve(text(map, "loadgenLogs", where, true)),
                params);
    }

    private AllowedValues allowed(Node node, Map<String, Node> keys, String where) {
        Node values = keys.get("values");
        Node range = keys.get("range");
        Node pattern = keys.get("pattern");
        if ((values == null ? 0 : 1) + (range == null ? 0 : 1) + (pattern == null ? 0 : 1) != 1) {
            problem(node, where + ": expected one of values, range and pattern");
            return new AllowedValues.Listed(List.of());
        }
        if (values != null) {
            return new AllowedValues.Listed(command(values, where + ".values"));
        }
        if (pattern instanceof ScalarNode text) {
            return new AllowedValues.Matching(pattern(text, where + ".pattern"));
        }
        List<String> ends = command(range, where + ".range");
        if (ends.size() != 2 || !ends.stream().allMatch(end -> end.matches("-?[0-9]{1,18}"))) {
            problem(node, where + ".range: expected [least, greatest], two whole numbers");
            return new AllowedValues.Listed(List.of());
        }
        return new AllowedValues.Range(Long.parseLong(ends.get(0)), Long.parseLong(ends.get(1)));
    }

    private Pattern pattern(ScalarNode node, String where) {
        try {
            return Pattern.compile(node.getValue());
        } catch (PatternSyntaxException e) {
            problem(node, where + ": " + e.getDescription());
            return Pattern.compile("");
        }
    }

    private MachineSetting setting(String name, Node node) {
        String where = "settings." + name;
        Map<String, Node> map = map(node, where);
        known(map, where, "values", "range", "apply", "read", "expect", "restore", "errorPattern", "settle", "timeout");
        AllowedValues allowed = allowed(node, map, where);
        Map<String, List<String>> apply = new HashMap<>();
        Node applied = map.get("apply");
        if (applied instanceof MappingNode) {
            map(applied, where + ".apply").forEach((value, command) -> {
                apply.put(value, command(command, where + ".apply." + value));
                allowed.refuse(value).ifPresent(why -> problem(command, where + ".apply: " + why));
            });
            if (allowed instanceof AllowedValues.Listed listed) {
                listed.values().stream()
                        .filter(value -> !apply.containsKey(value))
                        .forEach(value -> problem(applied, where + ".apply: there is no command for " + value));
            }
        } else {
            apply.put(MachineSetting.ANY, command(applied, where + ".apply"));
        }
        Map<String, Pattern> expect = new HashMap<>();
        Node expected = map.get("expect");
        if (expected instanceof ScalarNode text) {
            expect.put(MachineSetting.ANY, pattern(text, where + ".expect"));
        } else if (expected != null) {
            map(expected, where + ".expect").forEach((value, text) -> {
                if (text instanceof ScalarNode scalar) {
                    expect.put(value, pattern(scalar, where + ".expect." + value));
                }
            });
        }
        for (String key : List.of("apply", "read", "expect", "restore")) {
            if (!map.containsKey(key)) {
                problem(node, where + ": the key " + key + " is missing");
            }
        }
        String restore = text(map, "restore", where, false);
        boolean previous = restore.equals("previous");
        if (previous && expect.values().stream().noneMatch(one -> one.pattern().contains("(?<value>"))) {
            problem(node, where + ".restore: previous needs a group named value in expect: (?<value>...)");
        } else if (!previous && !restore.isEmpty()) {
            allowed.refuse(restore).ifPresent(why -> problem(node, where + ".restore: " + why));
        }
        Node error = map.get("errorPattern");
        return new MachineSetting(
                allowed,
                apply,
                command(map.get("read"), where + ".read"),
                expect,
                previous ? Optional.empty() : Optional.of(restore),
                error instanceof ScalarNode text
                        ? Optional.of(pattern(text, where + ".errorPattern"))
                        : Optional.empty(),
                duration(map, "settle", where, Duration.ZERO),
                duration(map, "timeout", where, Duration.ofSeconds(20)));
    }

    private Duration duration(Map<String, Node> map, String key, String where, Duration absent) {
        Node node = map.get(key);
        if (node == null) {
            return absent;
        }
        Matcher matcher = SECONDS.matcher(node instanceof ScalarNode text ? text.getValue() : "");
        if (!matcher.matches()) {
            problem(node, where + "." + key + ": expected a time such as 5s, 2m or 1h");
            return absent;
        }
        long number = Long.parseLong(matcher.group(1));
        return "m".equals(matcher.group(2))
                ? Duration.ofMinutes(number)
                : "h".equals(matcher.group(2)) ? Duration.ofHours(number) : Duration.ofSeconds(number);
    }
}
