package dev.wattline.files;

import dev.wattline.model.Phase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The files of a whole session that the reference writes too, in its order: what a submission's performance folder must hold
 * (mlcommons/inference's REQUIRED_POWER_FILES, REQUIRED_PERF_FILES and REQUIRED_PERF_POWER_FILES).
 */
public enum SessionFile {
    /** The SUT's summary. */
    CLIENT_JSON(SessionFile.POWER, "client.json"),
    /** The SUT's log. */
    CLIENT_LOG(SessionFile.POWER, "client.log"),
    /** What PTDaemon printed, of all analyzers. */
    PTD_LOGS(SessionFile.POWER, "ptd_logs.txt"),
    /** The director's summary. */
    SERVER_JSON(SessionFile.POWER, "server.json"),
    /** The director's log. */
    SERVER_LOG(SessionFile.POWER, "server.log"),
    /** LoadGen's detailed log of the ranging phase. */
    RANGING_DETAIL(Phase.RANGING.folder(), LoadgenLog.DETAIL),
    /** LoadGen's summary of the ranging phase. */
    RANGING_SUMMARY(Phase.RANGING.folder(), LoadgenLog.SUMMARY),
    /** The power log of the ranging phase. */
    RANGING_SPL(Phase.RANGING.folder(), SessionFile.SPL),
    /** LoadGen's detailed log of the testing phase. */
    TESTING_DETAIL(Phase.TESTING.folder(), LoadgenLog.DETAIL),
    /** LoadGen's summary of the testing phase. */
    TESTING_SUMMARY(Phase.TESTING.folder(), LoadgenLog.SUMMARY),
    /** The power log of the testing phase. */
    TESTING_SPL(Phase.TESTING.folder(), SessionFile.SPL);

    /** The folder of the summaries and logs. */
    public static final String POWER = "power";

    /** A phase's power log. */
    public static final String SPL = "spl.txt";

    /** The folders, in the reference's order. */
    public static final List<String> FOLDERS = List.of(POWER, Phase.RANGING.folder(), Phase.TESTING.folder());

    private final String folder;
    private final String fileName;

    SessionFile(String folder, String fileName) {
        this.folder = folder;
        this.fileName = fileName;
    }

    /** The power log of a phase. */
    public static SessionFile spl(Phase phase) {
        return phase == Phase.RANGING ? RANGING_SPL : TESTING_SPL;
    }

    /** LoadGen's detailed log of a phase. */
    public static SessionFile detail(Phase phase) {
        return phase == Phase.RANGING ? RANGING_DETAIL : TESTING_DETAIL;
    }

    /** Those of one folder. */
    public static List<SessionFile> in(String folder) {
        return Arrays.stream(values())
                .filter(file -> file.folder.equals(folder))
                .toList();
    }

    /** The name without the folder. */
    public String fileName() {
        return fileName;
    }

    /** Where it lies below the session's folder, with {@code /} on every system, as summaries and checks write it. */
    public String place() {
        return folder + "/" + fileName;
    }

    /** The file of the session in this folder. */
    public Path of(Path session) {
        return session.resolve(folder).resolve(fileName);
    }
}
