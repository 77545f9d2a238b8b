package dev.wattline.agent.config;

import dev.wattline.agent.config.AgentConfig.MachineAction;
import dev.wattline.agent.config.AgentConfig.MachineSetting;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.config.AgentConfig.Parameter;
import dev.wattline.agent.config.AgentConfig.Sensor;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads an agent's configuration and tells all that is wrong with it at once. It takes YAML without anchors, aliases and
 * tags, and every scalar as the text that it is: {@code on} is the word on and {@code 010} these three digits.
 */
public final class AgentConfigReader {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9][a-z0-9._-]*)\\}");

    private static final Duration RETURNS = Duration.ofMinutes(15); // a server with a terabyte to count takes long

    private static final AllowedValues UNREADABLE = new AllowedValues.Listed(List.of());

    private final YamlDocument yaml;
    private final boolean directed;

    private AgentConfigReader(Path file, boolean directed) {
        this.yaml = new YamlDocument(file);
        this.directed = directed;
    }

    /**
     * Reads it.
     *
     * @throws ConfigProblemsException if anything is wrong with it
     */
    public static AgentConfig read(Path file) {
        return read(new AgentConfigReader(file, true));
    }

    /**
     * Reads it for measurements without director: it need name no director and no time server.
     *
     * @throws ConfigProblemsException if anything is wrong with it
     */
    public static AgentConfig readInformal(Path file) {
        return read(new AgentConfigReader(file, false)).informal();
    }

    private static AgentConfig read(AgentConfigReader reader) {
        Optional<AgentConfig> config = reader.isTrusted() ? reader.yaml.root().map(reader::config) : Optional.empty();
        reader.yaml.requireNoProblems("Nothing was started. docs/agent.md describes each key.");
        return config.orElseThrow();
    }

    private boolean isTrusted() {
        Path file = yaml.file();
        try {
            Optional<String> objection = FileTrust.objection(file);
            objection.ifPresent(why -> yaml.problem(file + ": " + why));
            return objection.isEmpty();
        } catch (IOException e) {
            yaml.problem(file + ": cannot be read: " + IoErrors.of(e));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            yaml.problem(file + ": this system does not tell who may write it");
        }
        return false;
    }

    private AgentConfig config(Node root) {
        Map<String, Node> top = yaml.map(root, "");
        yaml.known(
                top,
                "",
                "sut",
                "director",
                "ntp",
                "results",
                "tls",
                "tokenFile",
                "labTokenFile",
                "ready",
                AgentConfig.REBOOT,
                "actions",
                "sources",
                "workloads",
                "settings",
                "sensors");
        SortedMap<String, NamedWorkload> workloads = new TreeMap<>();
        yaml.named(top.get("workloads"), "workloads")
                .forEach((name, node) -> workloads.put(name, workload(name, node)));
        SortedMap<String, MachineSetting> settings = new TreeMap<>();
        yaml.named(top.get("settings"), "settings").forEach((name, node) -> settings.put(name, setting(name, node)));
        SortedMap<String, Sensor> sensors = new TreeMap<>();
        yaml.named(top.get("sensors"), "sensors").forEach((name, node) -> sensors.put(name, sensor(name, node)));
        List<List<String>> ready = new ArrayList<>();
        Node list = top.get("ready");
        if (list instanceof SequenceNode commands) {
            commands.getValue().forEach(command -> ready.add(yaml.command(command, "ready")));
        } else if (list != null) {
            yaml.problem(list, "ready: expected a list of commands");
        }
        return new AgentConfig(
                yaml.text(top, "sut", "", false),
                yaml.text(top, "director", "", directed),
                yaml.text(top, "ntp", "", directed),
                yaml.file()
                        .toAbsolutePath()
                        .resolveSibling(yaml.text(top, "results", "", true))
                        .normalize(),
                ready,
                actions(top),
                workloads,
                settings,
                sensors,
                access(top),
                sources(top));
    }

    private SortedMap<String, MachineAction> actions(Map<String, Node> top) {
        SortedMap<String, MachineAction> actions = new TreeMap<>();
        yaml.named(top.get("actions"), "actions").forEach((name, node) -> {
            String where = "actions." + name;
            Map<String, Node> map = yaml.map(node, where);
            yaml.known(map, where, "command", "returns");
            if (!map.containsKey("command")) {
                yaml.problem(node, where + ": the key command is missing");
            }
            Optional<Duration> returns = map.containsKey("returns")
                    ? Optional.of(yaml.duration(map, "returns", where, RETURNS))
                    : Optional.empty();
            actions.put(name, new MachineAction(yaml.command(map.get("command"), where + ".command"), returns));
        });
        Node reboot = top.get(AgentConfig.REBOOT);
        if (reboot != null) {
            if (actions.containsKey(AgentConfig.REBOOT)) {
                yaml.problem(reboot, "reboot: is among the actions already; leave one of them out");
            }
            actions.put(
                    AgentConfig.REBOOT,
                    new MachineAction(yaml.command(reboot, AgentConfig.REBOOT), Optional.of(RETURNS)));
        }
        return actions;
    }

    private AgentConfig.MachineSources sources(Map<String, Node> top) {
        Node node = top.get("sources");
        Map<String, Node> keys = node == null ? Map.of() : yaml.map(node, "sources");
        yaml.known(keys, "sources", "telemetry", "settings", "calibration");
        return new AgentConfig.MachineSources(
                yaml.text(keys, "telemetry", "sources", false),
                optionalFile(keys, "settings", "sources"),
                optionalFile(keys, "calibration", "sources"));
    }

    private AgentAccess access(Map<String, Node> top) {
        Optional<AgentAccess.Tls> tls = Optional.empty();
        Node node = top.get("tls");
        if (node != null) {
            Map<String, Node> keys = yaml.map(node, "tls");
            yaml.known(keys, "tls", "identity", "trusted", "passwordFile");
            tls = Optional.of(new AgentAccess.Tls(
                    beside(yaml.text(keys, "identity", "tls", true)),
                    beside(yaml.text(keys, "trusted", "tls", true)),
                    beside(yaml.text(keys, "passwordFile", "tls", true))));
        }
        return new AgentAccess(optionalFile(top, "tokenFile", ""), optionalFile(top, "labTokenFile", ""), tls);
    }

    private Optional<Path> optionalFile(Map<String, Node> map, String key, String where) {
        return map.containsKey(key) ? Optional.of(beside(yaml.text(map, key, where, true))) : Optional.empty();
    }

    private Path beside(String path) {
        return yaml.file().toAbsolutePath().resolveSibling(path).normalize();
    }

    private Sensor sensor(String name, Node node) {
        String where = "sensors." + name;
        Map<String, Node> map = yaml.map(node, where);
        yaml.known(map, where, "command", "take", "timeout");
        if (!map.containsKey("command")) {
            yaml.problem(node, where + ": the key command is missing");
        }
        String take = yaml.text(map, "take", where, false);
        if (!List.of("", "max", "min", "mean").contains(take)) {
            yaml.problem(node, where + ".take: expected max, min or mean, got '" + take + "'");
        }
        return new Sensor(
                yaml.command(map.get("command"), where + ".command"),
                take.equals("min") ? Sensor.Take.MIN : take.equals("mean") ? Sensor.Take.MEAN : Sensor.Take.MAX,
                yaml.duration(map, "timeout", where, Duration.ofSeconds(20)));
    }

    private NamedWorkload workload(String name, Node node) {
        String where = "workloads." + name;
        Map<String, Node> map = yaml.map(node, where);
        yaml.known(map, where, "command", "cleanup", "folder", "loadgenLogs", "params", "warm", "expect");
        SortedMap<String, Parameter> params = new TreeMap<>();
        yaml.named(map.get("params"), where + ".params").forEach((param, value) -> {
            String at = where + ".params." + param;
            Map<String, Node> keys = yaml.map(value, at);
            yaml.known(keys, at, "values", "range", "pattern", "default");
            AllowedValues allowed = allowed(value, keys, at);
            Optional<String> fallback = Optional.ofNullable(keys.get("default"))
                    .filter(ScalarNode.class::isInstance)
                    .map(scalar -> ((ScalarNode) scalar).getValue());
            if (keys.containsKey("default") && fallback.isEmpty()) {
                yaml.problem(value, at + ".default: expected a text");
            }
            fallback.flatMap(text -> refusal(allowed, text))
                    .ifPresent(why -> yaml.problem(value, at + ": default: " + why));
            params.put(param, new Parameter(allowed, fallback));
        });
        List<String> command = yaml.command(map.get("command"), where + ".command");
        if (!map.containsKey("command")) {
            yaml.problem(node, where + ": the key command is missing");
        }
        for (String word : command) {
            Matcher place = PLACE.matcher(word);
            while (place.find()) {
                if (!params.containsKey(place.group(1)) && word.equals(place.group())) {
                    yaml.problem(node, where + ".command: " + word + " names no parameter of params");
                }
            }
        }
        Path folder = yaml.file()
                .toAbsolutePath()
                .resolveSibling(yaml.text(map, "folder", where, false))
                .normalize();
        return new NamedWorkload(
                command,
                yaml.command(map.get("cleanup"), where + ".cleanup"),
                folder,
                map.containsKey("loadgenLogs")
                        ? Optional.of(folder.resolve(yaml.text(map, "loadgenLogs", where, true)))
                        : Optional.empty(),
                params,
                yaml.duration(map, "warm", where, Duration.ZERO),
                map.containsKey("expect")
                        ? Optional.of(yaml.duration(map, "expect", where, Duration.ZERO))
                        : Optional.empty());
    }

    /** Why a value is not allowed; nothing where what is allowed could not be read, which is told already. */
    private static Optional<String> refusal(AllowedValues allowed, String value) {
        return allowed.equals(UNREADABLE) ? Optional.empty() : allowed.refuse(value);
    }

    private AllowedValues allowed(Node node, Map<String, Node> keys, String where) {
        Node values = keys.get("values");
        Node range = keys.get("range");
        Node pattern = keys.get("pattern");
        if ((values == null ? 0 : 1) + (range == null ? 0 : 1) + (pattern == null ? 0 : 1) != 1) {
            yaml.problem(node, where + ": expected one of values, range and pattern");
            return UNREADABLE;
        }
        if (values != null) {
            return new AllowedValues.Listed(
                    yaml.list(values, where + ".values", "a list of values with at least one in it, such as [1, 2]"));
        }
        if (pattern instanceof ScalarNode text) {
            return new AllowedValues.Matching(yaml.pattern(text, where + ".pattern"));
        }
        String expected = "[least, greatest], two whole numbers";
        List<String> ends = yaml.list(range, where + ".range", expected);
        if (ends.isEmpty()) {
            return UNREADABLE; // told already
        }
        if (ends.size() != 2 || !ends.stream().allMatch(end -> end.matches("-?[0-9]{1,18}"))) {
            yaml.problem(node, where + ".range: expected " + expected);
            return UNREADABLE;
        }
        long least = Long.parseLong(ends.get(0));
        long greatest = Long.parseLong(ends.get(1));
        if (least > greatest) {
            yaml.problem(node, where + ".range: expected [least, greatest], got " + least + " above " + greatest);
        }
        return new AllowedValues.Range(least, greatest);
    }

    private MachineSetting setting(String name, Node node) {
        String where = "settings." + name;
        Map<String, Node> map = yaml.map(node, where);
        yaml.known(
                map,
                where,
                "values",
                "range",
                "apply",
                "read",
                "expect",
                "restore",
                "errorPattern",
                "settle",
                "timeout");
        AllowedValues allowed = allowed(node, map, where);
        Map<String, List<String>> apply = new HashMap<>();
        Node applied = map.get("apply");
        if (applied instanceof MappingNode) {
            yaml.map(applied, where + ".apply").forEach((value, command) -> {
                apply.put(value, yaml.command(command, where + ".apply." + value));
                refusal(allowed, value).ifPresent(why -> yaml.problem(command, where + ".apply: " + why));
            });
            if (allowed instanceof AllowedValues.Listed listed) {
                listed.values().stream()
                        .filter(value -> !apply.containsKey(value))
                        .forEach(value -> yaml.problem(applied, where + ".apply: there is no command for " + value));
            }
        } else {
            apply.put(MachineSetting.ANY, yaml.command(applied, where + ".apply"));
        }
        Map<String, Pattern> expect = new HashMap<>();
        Node expected = map.get("expect");
        if (expected instanceof ScalarNode text) {
            expect.put(MachineSetting.ANY, yaml.pattern(text, where + ".expect"));
        } else if (expected != null) {
            yaml.map(expected, where + ".expect").forEach((value, text) -> {
                if (text instanceof ScalarNode scalar) {
                    expect.put(value, yaml.pattern(scalar, where + ".expect." + value));
                }
            });
        }
        for (String key : List.of("apply", "read", "expect", "restore")) {
            if (!map.containsKey(key)) {
                yaml.problem(node, where + ": the key " + key + " is missing");
            }
        }
        String restore = yaml.text(map, "restore", where, false);
        boolean previous = restore.equals("previous");
        if (previous && expect.values().stream().noneMatch(one -> one.pattern().contains("(?<value>"))) {
            yaml.problem(node, where + ".restore: previous needs a group named value in expect: (?<value>...)");
        } else if (!previous && !restore.isEmpty()) {
            refusal(allowed, restore).ifPresent(why -> yaml.problem(node, where + ".restore: " + why));
        }
        Node error = map.get("errorPattern");
        return new MachineSetting(
                allowed,
                apply,
                yaml.command(map.get("read"), where + ".read"),
                expect,
                previous ? Optional.empty() : Optional.of(restore),
                error instanceof ScalarNode text
                        ? Optional.of(yaml.pattern(text, where + ".errorPattern"))
                        : Optional.empty(),
                yaml.duration(map, "settle", where, Duration.ZERO),
                yaml.duration(map, "timeout", where, Duration.ofSeconds(20)));
    }
}
