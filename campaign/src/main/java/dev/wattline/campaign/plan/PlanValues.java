package dev.wattline.campaign.plan;

import dev.wattline.agent.config.YamlDocument;
import dev.wattline.model.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Values in a plan's file: numbers, words, lists; what is wrong with one is noted. */
final class PlanValues {
    private final YamlDocument yaml;

    PlanValues(YamlDocument yaml) {
        this.yaml = yaml;
    }

    /** Notes a problem with the value of a key, or with what should have had it. */
    void at(Map<String, Node> map, String key, Node otherwise, String what) {
        Node node = map.get(key);
        yaml.problem(node == null ? otherwise : node, what);
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    int number(Map<String, Node> map, String key, int absent, int least, int most) {
        Node node = map.get(key);
        if (node == null) {
            return absent;
        }
        String text = text(node);
        if (text.matches("[0-9]{1,10}") && Long.parseLong(text) >= least && Long.parseLong(text) <= most) {
            return Integer.parseInt(text);
        }
        yaml.problem(node, key + ": expected a whole number from " + least + " to " + most + ", got '" + text + "'");
        return absent;
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    <E extends Enum<E>> E word(Map<String, Node> map, String key, E[] values, E absent) {
        Node node = map.get(key);
        if (node == null) {
            return absent;
        }
        List<String> words = new ArrayList<>();
        for (E value : values) {
            if (word(value).equals(text(node))) {
                return value;
            }
            words.add(word(value));
        }
        yaml.problem(
                node,
                key + ": expected " + String.join(" or ", words) + ", got '" + text(node) + "'"
                        + NearestName.question(text(node), words));
        return absent;
    }

    List<Node> scalars(Node node, String where) {
        List<Node> all = new ArrayList<>();
        List<Node> values = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        for (Node value : values) {
            if (value instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
                all.add(scalar);
            } else {
                yaml.problem(value, where + ": expected a text");
            }
        }
        if (all.isEmpty()) {
            yaml.problem(node, where + ": expected a list of values");
        }
        return all;
    }

    static Node value(Map<String, Node> combination, String name) {
        Node node = combination.get(name);
        if (node == null) {
            throw new IllegalArgumentException("there is no " + name);
        }
        return node;
    }
}
