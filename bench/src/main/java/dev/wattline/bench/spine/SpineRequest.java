package dev.wattline.bench.spine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param peer a checkout of the reference
 * @param parts what to measure, in this order
 */
public record SpineRequest(Optional<Path> peer, List<Part> parts) {

    public SpineRequest {
        parts = List.copyOf(parts);
    }

    /**
     * Reads {@code [--peer DIR] [PART...]}; without a part it is all of them.
     *
     * @throws IllegalArgumentException if a part is unknown, or the folder holds no reference
     */
    public static SpineRequest parse(List<String> arguments) {
        Optional<Path> peer = Optional.empty();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("--peer") && i + 1 < arguments.size()) {
                peer = Optional.of(checkout(arguments.get(++i)));
            } else {
                parts.add(part(arguments.get(i)));
            }
        }
        return new SpineRequest(peer, parts.isEmpty() ? Spine.PARTS : parts);
    }

    private static Path checkout(String folder) {
        Path path = Path.of(folder).toAbsolutePath();
        if (!Files.isReadable(path.resolve("ptd_client_server/lib/server.py"))) {
            throw new IllegalArgumentException("--peer: expected a checkout of mlcommons/power-dev, got '" + folder
                    + "', which has no ptd_client_server/lib/server.py");
        }
        return path;
    }

    private static Part part(String name) {
        return Spine.PARTS.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no part '" + name + "', only "
                        + String.join(", ", Spine.PARTS.stream().map(Part::name).toList())));
    }
}
