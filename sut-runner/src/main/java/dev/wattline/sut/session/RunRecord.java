package dev.wattline.sut.session;

import dev.wattline.files.SessionManifest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * By what a session is found again among others: it goes into the session's manifest, and changes nothing of the run.
 *
 * @param sut the machine's name in the lab; empty for its host name
 * @param workload the workload's name; empty if it has none
 * @param params the workload's parameters
 * @param settings what was set on the machine for the run, by name: the value, {@code /}, and what was read before
 */
public record RunRecord(
        String sut, String workload, SortedMap<String, String> params, SortedMap<String, String> settings) {
    /** Nothing that the machine does not tell itself. */
    public static final RunRecord NONE =
            new RunRecord("", "", Collections.emptySortedMap(), Collections.emptySortedMap());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int LONGEST = 256;

    public RunRecord {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        requireName("--sut", sut);
        requireName("--workload-name", workload);
        params.forEach((name, value) -> {
            requireName("--param", name.isEmpty() ? "=" : name);
            if (value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("--param " + name + ": expected at most " + LONGEST
                        + " characters, none of them a control one");
            }
        });
    }

    private static void requireName(String option, String name) {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    option + ": expected a name of letters, digits, '.', '_' and '-', at most 63, got '" + name + "'");
        }
    }

    /**
     * The manifest of a session without director.
     *
     * @param session its name
     * @param host the machine's host name
     * @param command what ran
     */
    public SessionManifest informal(String session, String host, String command) {
        return new SessionManifest(
                session,
                "informal",
                sut.isEmpty() ? host : sut,
                workload,
                params,
                settingList(),
                Optional.empty(),
                command);
    }

    /** The settings as the manifest holds them. */
    List<SessionManifest.Setting> settingList() {
        return settings.entrySet().stream()
                .map(setting -> {
                    String[] values = setting.getValue().split("/", 2);
                    return new SessionManifest.Setting(setting.getKey(), values[0], values.length > 1 ? values[1] : "");
                })
                .toList();
    }
}
