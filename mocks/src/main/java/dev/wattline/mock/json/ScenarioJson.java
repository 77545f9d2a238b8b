package dev.wattline.mock.json;

import dev.wattline.files.json.JsonTrouble;
import dev.wattline.mock.InvalidOptionException;
import dev.wattline.mock.scenario.Fault;
import dev.wattline.mock.scenario.FaultAction;
import dev.wattline.mock.scenario.FaultScenario;
import dev.wattline.mock.scenario.Trigger;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads scenario files, whose format {@code docs/mock-ptd.md} describes. An unknown key is an error: a fault that
 * silently does not happen would make a test pass for the wrong reason.
 */
public final class ScenarioJson {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private ScenarioJson() {}

    /**
     * @throws InvalidOptionException if the file cannot be read or is no scenario; the message names the fault
     */
    public static FaultScenario read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new InvalidOptionException(
                    "cannot read the scenario " + file + ": " + IoErrors.of(e), "Ready ones lie in configs/scenarios.");
        }
    }

    /**
     * @param name what messages call the text
     * @throws InvalidOptionException if the text is no scenario
     */
    public static FaultScenario parse(String name, String text) {
        JsonNode root;
        try {
            root = MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidOptionException("scenario " + name + ": no JSON: " + JsonTrouble.of(e), null);
        }
        int number = 0;
        try {
            Fields top = new Fields(root);
            List<Fault> faults = new ArrayList<>();
            for (JsonNode fault : root.path("faults")) {
                number++;
                faults.add(fault(fault));
            }
            top.skip("faults");
            FaultScenario scenario = new FaultScenario(top.text("description", ""), faults, top.flag("ignoreSigterm"));
            number = 0;
            top.end();
            return scenario;
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(
                    "scenario " + name + (number == 0 ? "" : ", fault " + number) + ": " + e.getMessage(),
                    "The format is described in docs/mock-ptd.md, with examples in configs/scenarios.");
        }
    }

    private static Fault fault(JsonNode node) {
        Fields fields = new Fields(node);
        Trigger when = trigger(node.path("when"));
        fields.skip("when");
        FaultAction action = action(fields.text("do"), fields);
        fields.end();
        return new Fault(when, action);
    }

    private static Trigger trigger(JsonNode node) {
        Fields fields = new Fields(node);
        Trigger trigger;
        if (fields.has("start")) {
            trigger = new Trigger.Start(fields.integer("start"));
        } else if (fields.has("after")) {
            trigger = new Trigger.After(fields.seconds("after"));
        } else if (fields.has("command")) {
            trigger = new Trigger.OnCommand(fields.text("command"), fields.integer("nth", 0));
        } else if (fields.has("sample")) {
            trigger = new Trigger.OnSample(fields.integer("sample"), fields.integer("measurement", 0));
        } else {
            throw new IllegalArgumentException("when: expected one of start, after, command, sample");
        }
        fields.end();
        return trigger;
    }

    private static FaultAction action(String word, Fields fields) {
        for (FaultAction.Disturbance kind : FaultAction.Disturbance.values()) {
            if (kind.word().equals(word)) {
                int samples = fields.integer("samples", 1);
                return kind == FaultAction.Disturbance.UNCERTAINTY
                        ? new FaultAction.Disturb(kind, samples, fields.number("percent"))
                        : new FaultAction.Disturb(kind, samples);
            }
        }
        return switch (word) {
            case "drop" -> new FaultAction.Drop(fields.flag("reset"));
            case "delay" -> new FaultAction.Delay(fields.seconds("seconds"));
            case "answer" -> new FaultAction.Answer(fields.text("text"));
            case "hang" -> new FaultAction.Hang();
            case "freeze" -> new FaultAction.Freeze(fields.seconds("seconds"));
            case "flood" -> new FaultAction.Flood(fields.integer("bytes", Integer.MAX_VALUE));
            case "announce" -> new FaultAction.Announce(fields.integer("more"));
            case "exit" -> new FaultAction.Exit(fields.integer("status", 1));
            case "print" -> new FaultAction.Print(fields.text("text"), fields.flag("glued"));
            case "clock" -> new FaultAction.Clock(fields.seconds("seconds"));
            default -> throw new IllegalArgumentException("do: unknown action '" + word + "'");
        };
    }

    /** The members of an object, each of which must be asked for before the {@link #end}. */
    private static final class Fields {
        private final JsonNode node;
        private final Set<String> unread = new LinkedHashSet<>();

        Fields(JsonNode node) {
            if (!node.isObject()) {
                throw new IllegalArgumentException("expected an object, got " + node);
            }
            this.node = node;
            node.properties().stream().map(Map.Entry::getKey).forEach(unread::add);
        }

        boolean has(String key) {
            return node.has(key);
        }

        void skip(String key) {
            unread.remove(key);
        }

        String text(String key) {
            JsonNode value = take(key);
            if (!value.isString()) {
                throw new IllegalArgumentException(key + ": expected a text, got " + value);
            }
            return value.asString();
        }

        String text(String key, String otherwise) {
            return has(key) ? text(key) : otherwise;
        }

        boolean flag(String key) {
            if (!has(key)) {
                return false;
            }
            JsonNode value = take(key);
            if (!value.isBoolean()) {
                throw new IllegalArgumentException(key + ": expected true or false, got " + value);
            }
            return value.asBoolean();
        }

        double number(String key) {
            JsonNode value = take(key);
            if (!value.isNumber()) {
                throw new IllegalArgumentException(key + ": expected a number, got " + value);
            }
            return value.asDouble();
        }

        Duration seconds(String key) {
            return Duration.ofNanos(Math.round(number(key) * 1e9));
        }

        int integer(String key) {
            JsonNode value = take(key);
            if (!value.isInt()) {
                throw new IllegalArgumentException(key + ": expected a whole number, got " + value);
            }
            return value.asInt();
        }

        int integer(String key, int otherwise) {
            return has(key) ? integer(key) : otherwise;
        }

        void end() {
            if (!unread.isEmpty()) {
                throw new IllegalArgumentException(
                        "unknown key '" + unread.iterator().next() + "'");
            }
        }

        private JsonNode take(String key) {
            unread.remove(key);
            return node.path(key);
        }
    }
}
