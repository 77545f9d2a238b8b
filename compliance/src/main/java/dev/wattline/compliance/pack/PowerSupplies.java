package dev.wattline.compliance.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A system's power supplies, for {@code systems/SYSTEM_power.yaml}, which submissions may hold since v6.1. The submission
 * checker adds up the largest of them, as many as are needed.
 *
 * @param watts what each is built for, W
 * @param needed how many the system needs to run; the others are spare
 */
public record PowerSupplies(List<Integer> watts, int needed) {

    public PowerSupplies {
        watts = List.copyOf(watts);
        if (!arePossible(watts, needed)) {
            throw new IllegalArgumentException("expected supplies of at least 1 W, of which 1 to all are needed");
        }
    }

    /** Whether so many of these supplies can be needed. */
    public static boolean arePossible(List<Integer> watts, int needed) {
        return needed >= 1 && needed <= watts.size() && watts.stream().allMatch(each -> each >= 1);
    }

    private String text(String system) {
        StringBuilder out =
                new StringBuilder("'").append(system.replace("'", "''")).append("':\n");
        out.append("- Description: 'Power supplies as told to wattline pack'\n");
        out.append("  Min PSUs Needed: ").append(needed).append("\n  PSUs:\n");
        for (int i = 0; i < watts.size(); i++) {
            out.append("  - Name: PSU ").append(i + 1).append('\n');
            out.append("    PowerCapacityWatts: ").append(watts.get(i)).append('\n');
        }
        return out.toString();
    }

    private String text(Path file) {
        String name = String.valueOf(file.getFileName());
        return text(name.substring(0, name.length() - "_power.yaml".length()));
    }

    /**
     * Other supplies of the same system would be contradicted.
     *
     * @throws PackException if they are there
     */
    void requireNoOther(Path file) {
        try {
            if (Files.exists(file) && !Files.readString(file).equals(text(file))) {
                throw new PackException(
                        file + " is there already, and says something else than --psu",
                        "Leave out --psu, or move the file away; nothing is overwritten.",
                        null);
            }
        } catch (IOException e) {
            throw PackException.of("cannot read " + file, "Move it away; nothing is overwritten.", e);
        }
    }

    void write(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, text(file), StandardOpenOption.CREATE_NEW);
        }
    }
}
