package dev.wattline.ledger.read.tree;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a folder of a results tree says by its place: {@code DIVISION/ORGANISATION/results/SYSTEM/BENCHMARK/SCENARIO/...}.
 * What the place does not have is empty.
 *
 * @param path relative to the tree, with {@code /} between names
 * @param division {@code closed} or {@code open}
 * @param system the name of the system's folder
 * @param rest the names below the system's folder
 */
public record ResultPlace(String path, String division, String organization, String system, List<String> rest) {
    private static final String RESULTS = "results";

    public ResultPlace {
        rest = List.copyOf(rest);
    }

    /** The place of a folder in a tree. */
    public static ResultPlace of(Path tree, Path folder) {
        List<String> names = new ArrayList<>();
        tree.relativize(folder).forEach(name -> names.add(name.toString()));
        int results = names.indexOf(RESULTS);
        int below = results < 0 ? names.size() : results + 1;
        return new ResultPlace(
                String.join("/", names),
                results >= 2 ? names.get(results - 2) : "",
                results >= 1 ? names.get(results - 1) : "",
                below < names.size() ? names.get(below) : "",
                below + 1 < names.size() ? names.subList(below + 1, names.size()) : List.of());
    }

    /** The name of the benchmark's folder, which in MLPerf HPC lies in one named {@code strong} or {@code weak}. */
    public String benchmark() {
        boolean scaling =
                rest.size() > 1 && (rest.get(0).equals("strong") || rest.get(0).equals("weak"));
        return rest.isEmpty() ? "" : rest.get(scaling ? 1 : 0);
    }

    /** The name of the scenario's folder, for sessions of MLPerf Inference. */
    public String scenario() {
        return rest.size() < 2 ? "" : rest.get(1);
    }
}
