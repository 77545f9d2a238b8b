package dev.wattline.faults;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of a few megabytes in the place of a folder, seen only by processes that enter its mount namespace by a
 * word in front of their command.
 */
final class SmallDisk implements AutoCloseable {
    private static final String FILLER = "filler";

    private final long holder;
    private final Path folder;

    private SmallDisk(long holder, Path folder) {
        this.holder = holder;
        this.folder = folder;
    }

    /** Mounts it over a folder, or skips the calling test with what the machine does not grant. */
    static SmallDisk orSkip(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        String mount = "mount -t tmpfs -o size=" + megabytes + "m tmpfs \"" + folder + "\"";
        String maker = "unshare --user --map-root-user --mount sh -c '" + mount;
        Shell.Result trial = Shell.attempt(maker + "'");
        assumeThat(trial.succeeded())
                .as("a full disk needs the right to mount in a namespace: " + trial.output())
                .isTrue();
        String holder = Shell.run(maker + " && exec sleep 600' </dev/null >/dev/null 2>&1 & echo $!");
        SmallDisk disk = new SmallDisk(Long.parseLong(holder), folder);
        Shell.run("i=0; until [ \"$(cat /proc/" + holder
                + "/comm)\" = sleep ]; do i=$((i+1)); [ $i -lt 250 ]; sleep 0.02; done");
        return disk;
    }

    /** What stands in front of a command that is to see it. */
    List<String> prefix() {
        return List.of("nsenter", "--target", Long.toString(holder), "--user", "--mount", "--preserve-credentials");
    }

    /** A file of it as this process can reach it. */
    Path seen(Path file) {
        return Path.of("/proc/" + holder + "/root").resolve(Path.of("/").relativize(file));
    }

    /** Leaves room for nothing. */
    void fill() {
        Shell.attempt("cat /dev/zero > '" + seen(folder.resolve(FILLER)) + "'"); // ends when the disk is full
    }

    /** Takes {@link #fill} back. */
    void free() throws IOException {
        Files.delete(seen(folder.resolve(FILLER)));
    }

    /** Makes it read-only. */
    void protect() {
        Shell.run(String.join(" ", prefix()) + " mount -o remount,ro '" + folder + "'");
    }

    /** Puts one in its place that nobody can write to, whatever is open on this one. */
    void cover() {
        Shell.run(String.join(" ", prefix()) + " mount -t tmpfs -o ro tmpfs '" + folder + "'");
    }

    /** Takes {@link #cover} back. */
    void uncover() {
        Shell.run(String.join(" ", prefix()) + " umount '" + folder + "'");
    }

    @Override
    public void close() {
        ProcessHandle.of(holder).ifPresent(ProcessHandle::destroyForcibly);
    }
}
