package dev.wattline.cli.doctor;

import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Whether files can be made in a folder; one that is not there is not made, but it is seen whether it could be. */
final class FolderCheck implements DoctorCheck {

    /** How much of a missing path the program makes. */
    enum Missing {
        /** The folder and all above it. */
        ALL,
        /** The folder, if the one above it is there. */
        LAST
    }

    private final String name;
    private final Path folder;
    private final Missing missing;
    private final String remedy;

    /** @param remedy where another folder is named */
    FolderCheck(String name, Path folder, Missing missing, String remedy) {
        this.name = name;
        this.folder = folder.toAbsolutePath().normalize();
        this.missing = missing;
        this.remedy = remedy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CheckOutcome run() {
        if (Files.isDirectory(folder)) {
            return tryOut(folder, folder + " can be written");
        }
        if (Files.exists(folder)) {
            return CheckOutcome.fail(folder + " is no folder", remedy);
        }
        Path above = nearest(folder);
        if (above == null || (missing == Missing.LAST && !above.equals(folder.getParent()))) {
            return CheckOutcome.fail(
                    folder + " does not exist, nor does the folder it is to be in", "Make it. Or: " + remedy);
        }
        return tryOut(above, folder + " will be made in " + above);
    }

    private CheckOutcome tryOut(Path existing, String result) {
        try {
            Files.delete(Files.createTempFile(existing, "wattline", ".probe"));
            return CheckOutcome.pass(result);
        } catch (IOException e) {
            return CheckOutcome.fail("cannot write to " + existing + ": " + IoErrors.of(e), remedy);
        }
    }

    /** The nearest folder above that exists; null if there is none. */
    static @Nullable Path nearest(Path path) {
        Path above = path.toAbsolutePath().normalize();
        while (above != null && !Files.isDirectory(above)) {
            above = above.getParent();
        }
        return above;
    }
}
