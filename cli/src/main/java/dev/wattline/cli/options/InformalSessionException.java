package dev.wattline.cli.options;

import dev.wattline.analysis.source.json.InformalJson;
import dev.wattline.model.WattlineException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that {@code measure} wrote was given where a session with an analyzer's side is needed. */
public final class InformalSessionException extends WattlineException {
    private InformalSessionException(Path folder) {
        super(
                folder + " was measured without director and analyzer (" + InformalJson.FILE
                        + "): no submission can be made of it",
                "Measure with 'wattline run' and a director.",
                null);
    }

    /** Whether a folder is one of {@code measure}. */
    public static boolean isInformal(Path folder) {
        return Files.exists(folder.resolve(InformalJson.FILE));
    }

    /**
     * @throws InformalSessionException if the folder is one of {@code measure}
     */
    public static void refuse(Path folder) {
        if (isInformal(folder)) {
            throw new InformalSessionException(folder);
        }
    }
}
