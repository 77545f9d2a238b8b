package dev.wattline.sut.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the room on the disks that a phase writes to: one question to the system a folder. Each disk is reported once.
 * For one thread.
 */
final class DiskWatch {
    private final List<Path> folders;
    private final long leastBytes;
    private final Set<Object> told = new HashSet<>();

    /**
     * Creates a watch.
     *
     * @param folders that are written to, whether they exist yet or not
     * @param leastBytes that must be left on each one's disk
     */
    DiskWatch(List<Path> folders, long leastBytes) {
        this.folders = List.copyOf(folders);
        this.leastBytes = leastBytes;
    }

    /** What is to be reported now. */
    List<String> look() {
        List<String> reports = new ArrayList<>();
        for (Path folder : folders) {
            look(folder).ifPresent(reports::add);
        }
        return reports;
    }

    private Optional<String> look(Path folder) {
        if (left(folder) >= leastBytes) { // 0 where there is no such folder
            return Optional.empty();
        }
        Path existing = existing(folder);
        long left = left(existing);
        if (left >= leastBytes) {
            return Optional.empty();
        }
        if (!told.add(disk(existing))) {
            return Optional.empty();
        }
        return Optional.of("only " + left / 1_000_000 + " MB are left on the runner's disk of " + folder
                + ", too little for what a phase may leave there. Remedy: make room before the workload ends");
    }

    /** What two folders on one disk have in common: the mount, or the folder itself where a chroot hides the mount. */
    private static Object disk(Path existing) {
        try {
            return Files.getFileStore(existing);
        } catch (IOException e) {
            return existing;
        }
    }

    /** In bytes: one call of the system, where a FileStore reads the table of mounts. */
    private static long left(Path folder) {
        return folder.toFile().getUsableSpace();
    }

    private static Path existing(Path folder) {
        @Nullable Path at = folder;
        while (at != null && !Files.exists(at)) {
            at = at.getParent();
        }
        return at == null ? folder : at;
    }
}
