package dev.wattline.cli.doctor;

import dev.wattline.model.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether PTDaemon's binary is there and may be executed; that it runs is seen when an analyzer answers through it. */
final class PtdBinaryCheck implements DoctorCheck {
    private static final String REMEDY = "Set 'ptd' in section [ptd] of the configuration to the path of PTDaemon.";

    private final String ptd;

    PtdBinaryCheck(String ptd) {
        this.ptd = ptd;
    }

    @Override
    public String name() {
        return "PTDaemon binary";
    }

    @Override
    public CheckOutcome run() {
        try {
            Optional<Path> found = Programs.find(ptd);
            if (found.isPresent() && Files.isRegularFile(found.get())) {
                long bytes = Files.size(found.get());
                return bytes == 0
                        ? CheckOutcome.fail(found.get() + " is empty", REMEDY)
                        : CheckOutcome.pass(found.get().toString()).with("bytes", bytes);
            }
            return missing(Path.of(ptd).toAbsolutePath());
        } catch (IOException | InvalidPathException e) {
            return CheckOutcome.fail("'" + ptd + "' cannot be looked at: " + e.getMessage(), REMEDY);
        }
    }

    private CheckOutcome missing(Path path) {
        if (Files.isRegularFile(path)) {
            return CheckOutcome.fail(path + " may not be executed by this user", "chmod +x " + path);
        }
        return CheckOutcome.fail(
                Files.isDirectory(path) ? path + " is a folder" : "there is no " + ptd + " here or on PATH", REMEDY);
    }
}
