package dev.wattline.analysis.json;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** As much of JSON Schema 2020-12 as the shipped schema uses; anything it does not know is an error. */
public final class JsonSchema {
    private static final List<String> KNOWN = List.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "type",
            "required",
            "additionalProperties",
            "properties",
            "items",
            "minItems",
            "maxItems",
            "enum",
            "const",
            "maximum",
            "minimum",
            "pattern",
            "anyOf");

    private final JsonNode root;

    public JsonSchema(JsonNode root) {
        this.root = root;
    }

    /** What is wrong with a document, one line a violation. */
    public List<String> violations(JsonNode document) {
        List<String> found = new ArrayList<>();
        check(root, document, "$", found);
        return found;
    }

    private void check(JsonNode schema, JsonNode node, String path, List<String> found) {
        schema.propertyNames().forEach(key -> {
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException("the schema uses '" + key + "', which this validator does not know");
            }
        });
        if (schema.has("$ref")) {
            check(root.at(schema.path("$ref").asString().substring(1)), node, path, found);
        }
        if (schema.has("anyOf")) {
            boolean any = false;
            for (JsonNode option : schema.path("anyOf")) {
                List<String> own = new ArrayList<>();
                check(option, node, path, own);
                any |= own.isEmpty();
            }
            if (!any) {
                found.add(path + ": fits none of the alternatives");
            }
        }
        if (schema.has("type") && !isType(schema.path("type"), node)) {
            found.add(path + ": expected " + schema.path("type") + ", got " + node);
            return;
        }
        if (schema.has("const") && !schema.path("const").equals(node)) {
            found.add(path + ": expected " + schema.path("const"));
        }
        if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(node::equals)) {
            found.add(path + ": " + node + " is none of " + schema.path("enum"));
        }
        if (schema.has("minimum")
                && node.isNumber()
                && node.asDouble() < schema.path("minimum").asDouble()) {
            found.add(path + ": below the minimum: " + node);
        }
        if (schema.has("maximum")
                && node.isNumber()
                && node.asDouble() > schema.path("maximum").asDouble()) {
            found.add(path + ": above the maximum: " + node);
        }
        if (schema.has("pattern")
                && !node.asString("").matches(schema.path("pattern").asString())) {
            found.add(path + ": " + node + " does not match " + schema.path("pattern"));
        }
        if (node.isObject()) {
            object(schema, node, path, found);
        } else if (node.isArray()) {
            array(schema, node, path, found);
        }
    }

    private void object(JsonNode schema, JsonNode node, String path, List<String> found) {
        for (JsonNode key : schema.path("required")) {
            if (!node.has(key.asString())) {
                found.add(path + ": lacks " + key);
            }
        }
        node.properties().forEach(entry -> {
            JsonNode property = schema.path("properties").path(entry.getKey());
            JsonNode others = schema.path("additionalProperties");
            String at = path + "." + entry.getKey();
            if (!property.isMissingNode()) {
                check(property, entry.getValue(), at, found);
            } else if (others.isObject()) {
                check(others, entry.getValue(), at, found);
            } else if (others.isBoolean()) {
                found.add(at + ": is not in the schema");
            }
        });
    }

    private void array(JsonNode schema, JsonNode node, String path, List<String> found) {
        if (node.size() < schema.path("minItems").asInt(0)
                || node.size() > schema.path("maxItems").asInt(Integer.MAX_VALUE)) {
            found.add(path + ": has " + node.size() + " items");
        }
        for (int i = 0; i < node.size() && schema.has("items"); i++) {
            check(schema.path("items"), node.path(i), path + "[" + i + "]", found);
        }
    }

    private static boolean isType(JsonNode type, JsonNode node) {
        if (type.isArray()) {
            return type.valueStream().anyMatch(one -> isType(one, node));
        }
        return switch (type.asString()) {
            case "object" -> node.isObject();
            case "array" -> node.isArray();
            case "string" -> node.isString();
            case "number" -> node.isNumber();
            case "integer" -> node.isIntegralNumber();
            case "boolean" -> node.isBoolean();
            case "null" -> node.isNull();
            default -> throw new IllegalArgumentException("unknown type " + type);
        };
    }
}
