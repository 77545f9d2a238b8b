package dev.wattline.mock.ptd;

import dev.wattline.files.SessionFile;
import dev.wattline.mock.InvalidOptionException;
import dev.wattline.model.Phase;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Recordings to be played back: one for ranging, one for testing; they may be the same.
 *
 * @param analyzer which analyzer's rows, where a recording was merged from several; from 1
 */
public record Playback(Path ranging, Path testing, int analyzer) {

    /**
     * @param recording an {@code spl.txt}, which is used for both, or a session folder, whose {@code ranging/spl.txt}
     *     and {@code run_1/spl.txt} are used
     * @throws InvalidOptionException if there is no such file
     */
    public static Playback of(Path recording) {
        if (!Files.isDirectory(recording)) {
            return of(recording, recording);
        }
        return of(
                recording.resolve(Phase.RANGING.folder()).resolve(SessionFile.SPL),
                recording.resolve(Phase.TESTING.folder()).resolve(SessionFile.SPL));
    }

    /**
     * @throws InvalidOptionException if one of the files is absent
     */
    public static Playback of(Path ranging, Path testing) {
        return new Playback(ranging, testing, 1);
    }

    public Playback {
        for (Path file : new Path[] {ranging, testing}) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidOptionException(
                        "there is no recording " + file, "Give an spl.txt, or a session's folder with two of them.");
            }
        }
        if (analyzer < 1) {
            throw new InvalidOptionException("expected an analyzer from 1, got " + analyzer, null);
        }
    }
}
