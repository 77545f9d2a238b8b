package dev.wattline.sut.session;

import dev.wattline.files.SessionFolder;
import dev.wattline.model.IoErrors;
import dev.wattline.model.Phase;
import dev.wattline.sut.SutException;
import dev.wattline.sut.loadgen.ShortRanging;
import dev.wattline.sut.loadgen.UserConf;
import dev.wattline.sut.process.WorkloadVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** What a workload is told in a phase; LoadGen's configuration of a short ranging phase is written for it. */
record PhaseVariables(RunRequest request) {
    WorkloadVariables of(Phase phase, SessionFolder folder, String session) {
        Optional<ShortRanging> asked = request.shortRanging();
        if (phase == Phase.TESTING || asked.isEmpty()) {
            return new WorkloadVariables(
                    session,
                    phase.word(),
                    Optional.empty(),
                    asked.flatMap(ShortRanging::userConf).map(Path::toAbsolutePath));
        }
        return new WorkloadVariables(
                session,
                phase.word(),
                asked.map(ShortRanging::seconds),
                asked.get()
                        .userConf()
                        .map(conf -> write(shortened(conf, asked.get().seconds()), folder)));
    }

    /** Writes LoadGen's configuration for the ranging phase beside what else is Wattline's own. */
    private static Path write(String text, SessionFolder folder) {
        Path target = folder.rangingConf().toAbsolutePath();
        try {
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            return Files.writeString(target, text);
        } catch (IOException e) {
            throw new SutException(
                    "could not write the ranging phase's user.conf " + target + ": " + IoErrors.of(e), null, e);
        }
    }

    /** LoadGen's configuration for a ranging phase of so many seconds. */
    static String shortened(Path conf, int seconds) {
        try {
            return new UserConf(conf, Files.readString(conf)).shortened(seconds);
        } catch (IOException e) {
            throw new SutException("--user-conf: cannot read " + conf + ": " + IoErrors.of(e), null, e);
        } catch (IllegalArgumentException e) {
            throw new SutException(
                    "--user-conf: " + e.getMessage(), "LoadGen's user.conf of the testing phase is expected.", e);
        }
    }
}
