package dev.wattline.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Whether a folder's disk has room for a session. */
final class DiskSpaceCheck implements DoctorCheck {
    private static final int COMFORT = 3;

    /** How much is free where a path is. */
    interface FreeSpace {
        /** Bytes that this user may still write there. */
        long of(Path existing) throws IOException;
    }

    private final String name;
    private final Path folder;
    private final SpaceNeeded needed;
    private final FreeSpace free;

    DiskSpaceCheck(String name, Path folder, SpaceNeeded needed, FreeSpace free) {
        this.name = name;
        this.folder = folder;
        this.needed = needed;
        this.free = free;
    }

    DiskSpaceCheck(String name, Path folder, SpaceNeeded needed) {
        this(name, folder, needed, dev.wattline.model.FreeSpace::of);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CheckOutcome run() {
        Path existing = FolderCheck.nearest(folder);
        if (existing == null) {
            return CheckOutcome.fail("there is no folder on the way to " + folder, "Name another folder.");
        }
        try {
            return compare(free.of(existing));
        } catch (IOException e) {
            return CheckOutcome.warn("cannot tell how much is free where " + existing + " is: " + e, "See with 'df'.");
        }
    }

    private CheckOutcome compare(long there) {
        String seen = String.format(
                Locale.ROOT, "%s free, %s needed for %s", size(there), size(needed.bytes()), needed.what());
        CheckOutcome outcome;
        if (there < needed.bytes()) {
            outcome = CheckOutcome.fail(seen, "Free some space, or name a folder on another disk.");
        } else if (there < COMFORT * needed.bytes()) {
            outcome = CheckOutcome.warn(seen, "It fits, barely: free some space if anything else writes to this disk.");
        } else {
            outcome = CheckOutcome.pass(seen);
        }
        return outcome.with("freeBytes", there).with("neededBytes", needed.bytes());
    }

    private static String size(long bytes) {
        return bytes < 1_000_000_000
                ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
