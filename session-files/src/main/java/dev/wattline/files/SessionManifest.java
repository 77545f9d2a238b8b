package dev.wattline.files;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a session was, as {@code lab/manifest.json} of it holds it: by these values it is found again among hundreds.
 *
 * @param session its name
 * @param kind {@code official}, {@code profile} (not for submission) or {@code ranging} (no testing phase)
 * @param sut the measured machine's name in the lab; its host name where nobody gave it another
 * @param workload the workload's name; empty if nobody named it
 * @param params the workload's parameters, by name
 * @param settings what was set on the machine for the session
 * @param changes what of the machine's own settings was another after the run than before, a sentence each; empty if it was
 *     not asked again, as after a run that failed
 * @param command the command line that ran under measurement; empty if it is not to be told
 * @param with what ran beside it; empty for nothing
 */
public record SessionManifest(
        String session,
        String kind,
        String sut,
        String workload,
        SortedMap<String, String> params,
        List<Setting> settings,
        Optional<List<String>> changes,
        String command,
        Optional<CompanionRecord> with) {
    /** Name and version of the format. */
    public static final String SCHEMA = "wattline-manifest/1";

    public SessionManifest {
        params = new TreeMap<>(params);
        settings = List.copyOf(settings);
        changes = changes.map(List::copyOf);
    }

    /** One of a workload that ran alone. */
    public SessionManifest(
            String session,
            String kind,
            String sut,
            String workload,
            SortedMap<String, String> params,
            List<Setting> settings,
            Optional<List<String>> changes,
            String command) {
        this(session, kind, sut, workload, params, settings, changes, command, Optional.empty());
    }

    /**
     * A setting of the machine.
     *
     * @param wanted what it was set to
     * @param before what reading it gave before it was set
     */
    public record Setting(String name, String wanted, String before) {}

    /** The same with what was another after the run, which may be nothing. */
    public SessionManifest withChanges(List<String> found) {
        return new SessionManifest(session, kind, sut, workload, params, settings, Optional.of(found), command, with);
    }

    /** The same with what ran beside the workload. */
    public SessionManifest with(Optional<CompanionRecord> companion) {
        return new SessionManifest(session, kind, sut, workload, params, settings, changes, command, companion);
    }
}
