package dev.wattline.files;

import dev.wattline.model.Phase;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of a session lie below its folder. {@code power}, {@code ranging} and {@code run_1} hold exactly the
 * files of the reference, because an extra file in them breaks a submission; what is Wattline's own lies beside them in
 * {@code analyzers}, {@code telemetry}, {@code system}, {@code lab} and {@code analysis}.
 *
 * @param root the folder that holds {@code power}
 */
public record SessionFolder(Path root) {
    /** The name of {@link #informal}. */
    public static final String INFORMAL = "informal.json";

    /** Names within {@code power} that a submission holds. */
    public static final List<String> POWER_FILES = SessionFile.in(SessionFile.POWER).stream()
            .map(SessionFile::fileName)
            .toList();

    /** Wattline's own: what a measurement without analyzer came to; it marks the folder as one of no submission. */
    public Path informal() {
        return root.resolve(INFORMAL);
    }

    /** The folder of the summaries and logs. */
    public Path power() {
        return root.resolve(SessionFile.POWER);
    }

    /** The SUT's summary. */
    public Path clientJson() {
        return SessionFile.CLIENT_JSON.of(root);
    }

    /** The director's summary. */
    public Path serverJson() {
        return SessionFile.SERVER_JSON.of(root);
    }

    /** The SUT's log. */
    public Path clientLog() {
        return SessionFile.CLIENT_LOG.of(root);
    }

    /** The director's log. */
    public Path serverLog() {
        return SessionFile.SERVER_LOG.of(root);
    }

    /** What PTDaemon printed, of all analyzers. */
    public Path ptdLogs() {
        return SessionFile.PTD_LOGS.of(root);
    }

    /** The phase's folder, {@code ranging} or {@code run_1}. */
    public Path folder(Phase phase) {
        return root.resolve(phase.folder());
    }

    /** The phase's power log. */
    public Path spl(Phase phase) {
        return folder(phase).resolve(SessionFile.SPL);
    }

    /** LoadGen's detailed log of the phase. */
    public Path loadgenDetail(Phase phase) {
        return folder(phase).resolve(LoadgenLog.DETAIL);
    }

    /** LoadGen's summary of the phase. */
    public Path loadgenSummary(Phase phase) {
        return folder(phase).resolve(LoadgenLog.SUMMARY);
    }

    /** PTDaemon's statistics at the end of the testing phase; the reference writes it since round v4.1. */
    public Path ptdOut() {
        return folder(Phase.TESTING).resolve("ptd_out.txt");
    }

    /** Wattline's own: the rows of each analyzer apart. */
    public Path analyzers() {
        return root.resolve("analyzers");
    }

    /** Wattline's own: telemetry of the phase, in {@code telemetry/ranging} or {@code telemetry/testing}. */
    public Path telemetry(Phase phase) {
        return root.resolve("telemetry").resolve(phase.word());
    }

    /** Wattline's own: what the measured machine says of itself, see {@link SystemFacts}. */
    public Path systemFacts() {
        return root.resolve("system").resolve("sut.json");
    }

    /** Wattline's own: what the session was, see {@link SessionManifest}. */
    public Path manifest() {
        return root.resolve("lab").resolve("manifest.json");
    }

    /** Wattline's own: what ran beside the workload printed in a phase, its middle left out where it is long. */
    public Path companionLog(Phase phase) {
        return root.resolve("lab").resolve("companion-" + phase.word() + ".log");
    }

    /** Wattline's own: LoadGen's configuration of a short ranging phase, as it was written for the workload. */
    public Path rangingConf() {
        return root.resolve("system").resolve("user-ranging.conf");
    }

    /** Wattline's own: what {@code analyze} and {@code report} write. */
    public Path analysis() {
        return root.resolve("analysis");
    }
}
