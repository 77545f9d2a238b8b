package dev.wattline.build;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds THIRD-PARTY.md against the bill of materials and the size of the jar against its limit. Arguments: the bill of
 * materials (CycloneDX JSON), THIRD-PARTY.md, the runnable jar. What differs is told and ends the build.
 */
public final class ThirdParty {
    /** What a user downloads, bytes. */
    private static final long JAR_LIMIT = 15_000_000;

    private ThirdParty() {}

    /** A row of the table: artifacts such as {@code io.netty:*}, and the licence with {@code or} between choices. */
    private record Row(List<String> artifacts, Set<String> licences) {
        boolean covers(String group, String name) {
            return artifacts.contains(group + ":" + name) || artifacts.contains(group + ":*");
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Row> rows = rows(Path.of(arguments[1]));
        List<String> problems = new ArrayList<>();
        Set<Row> seen = new HashSet<>();
        if (!Files.exists(Path.of(arguments[0]))) {
            throw new IOException(
                    arguments[0] + " has not been made: Maven makes it only where it is online, without -o");
        }
        JsonNode bill = JsonMapper.shared().readTree(new File(arguments[0]));
        for (JsonNode component : bill.path("components")) {
            String group = component.path("group").asString("");
            String name = component.path("name").asString("");
            if (group.equals("dev.wattline")) {
                continue;
            }
            Set<String> licences = new TreeSet<>();
            for (JsonNode licence : component.path("licenses")) {
                licences.add(licence.path("license").path("id").asString(""));
            }
            List<Row> found =
                    rows.stream().filter(row -> row.covers(group, name)).toList();
            seen.addAll(found);
            if (found.size() != 1) {
                problems.add(group + ":" + name + " stands in " + found.size() + " rows, not in one");
            } else if (!found.get(0).licences().equals(licences)) {
                problems.add(group + ":" + name + " comes under " + licences + ", its row says "
                        + found.get(0).licences());
            }
        }
        for (Row row : rows) {
            if (!row.artifacts().isEmpty() && !seen.contains(row)) {
                problems.add(row.artifacts() + " is not in the jar any more");
            }
        }
        if (rows.isEmpty() || seen.isEmpty()) {
            problems.add("no rows, or nothing in the bill of materials");
        }
        long size = Files.size(Path.of(arguments[2]));
        if (size >= JAR_LIMIT) {
            problems.add(arguments[2] + " has " + size + " bytes, which is not below " + JAR_LIMIT);
        }
        if (!problems.isEmpty()) {
            throw new IOException(arguments[1] + ": " + String.join("; ", problems));
        }
    }

    private static List<Row> rows(Path table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(table)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && !cells[1].equals("---") && !cells[1].equals(" package ")) {
                rows.add(new Row(
                        Arrays.stream(cells[2].split(","))
                                .map(String::strip)
                                .filter(artifact -> !artifact.isEmpty())
                                .toList(),
                        new TreeSet<>(Arrays.asList(cells[3].strip().split(" or ")))));
            }
        }
        return rows;
    }
}
