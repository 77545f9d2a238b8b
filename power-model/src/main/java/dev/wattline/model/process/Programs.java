package dev.wattline.model.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks for programs as a shell would. */
public final class Programs {
    private Programs() {}

    /** The executable of this name on {@code PATH}; a name with a separator is taken as a path. */
    public static Optional<Path> find(String name) {
        if (name.contains("/") || name.contains(File.separator)) {
            Path path = Path.of(name);
            return isProgram(path) ? Optional.of(path.toAbsolutePath()) : Optional.empty();
        }
        String path = System.getenv("PATH");
        if (path == null) {
            return Optional.empty();
        }
        String[] suffixes = isWindows() ? new String[] {".exe", ".cmd", ".bat"} : new String[] {""};
        for (String folder : path.split(File.pathSeparator)) {
            for (String suffix : suffixes) {
                Path candidate = Path.of(folder.isEmpty() ? "." : folder, name + suffix);
                if (isProgram(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path path) {
        return Files.isExecutable(path) && !Files.isDirectory(path);
    }

    /** Whether this is Windows, where the shell is {@code cmd.exe} and there are no process groups. */
    public static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}
