package dev.wattline.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the workload's LoadGen logs will be found: their folder, and that it lies apart from the runner's output. */
final class LoadgenFolderCheck implements DoctorCheck {
    private final Path folder;
    private final @Nullable Path output;

    LoadgenFolderCheck(Path folder, Optional<Path> output) {
        this.folder = folder.toAbsolutePath().normalize();
        this.output = output.map(path -> path.toAbsolutePath().normalize()).orElse(null);
    }

    @Override
    public String name() {
        return "LoadGen folder";
    }

    @Override
    public CheckOutcome run() {
        if (output != null && output.startsWith(folder)) {
            return CheckOutcome.fail(
                    "the output folder " + output + " lies in the LoadGen folder " + folder,
                    "Give an output folder outside of it: its copies would be taken for the workload's logs.");
        }
        if (!Files.exists(folder)) {
            return CheckOutcome.warn(
                    folder + " does not exist yet", "The workload must make it, or the run finds no logs: check -L.");
        }
        if (!Files.isDirectory(folder)) {
            return CheckOutcome.fail(folder + " is no folder", "Name the folder of the workload's logs with -L.");
        }
        return new FolderCheck(name(), folder, FolderCheck.Missing.LAST, "Name another with -L, or change its rights.")
                .run();
    }
}
