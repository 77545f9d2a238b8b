package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.util.Map;
import java.util.TreeSet;

/** The program that one side ran is one that the round accepts, by the hashes of its source files. */
final class SourcesCheck implements OfficialCheck {
    private final boolean client;

    SourcesCheck(boolean client) {
        this.client = client;
    }

    @Override
    public String name() {
        return client ? "Check client sources checksum" : "Check server sources checksum";
    }

    @Override
    public String file() {
        return client ? Summary.CLIENT : Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Summary summary = client ? session.client() : session.server();
        Object sources = summary.field("sources");
        for (Map<String, Object> accepted : session.rules().sources()) {
            if (PyValues.equal(accepted, sources)) {
                return;
            }
        }
        throw Ended.fail(
                PyRepr.str(sources) + " do not exist in 'sources_checksums.json'", finding(session, summary, sources));
    }

    private Finding finding(OfficialSession session, Summary summary, Object sources) {
        String who = client ? "client" : "director";
        Finding finding = Finding.error(
                        "sources-unknown",
                        "the " + who + " was not a program that the round "
                                + session.rules().name() + " accepts")
                .at(file(), summary.line("sources"))
                .limit("one of " + session.rules().sources().size() + " known sets of source files");
        if (!(sources instanceof Map<?, ?> own)) {
            return finding;
        }
        Map<String, Object> nearest = nearest(session, own);
        if (nearest.keySet().stream().noneMatch(own::containsKey)) {
            return finding.with(
                    "files, none of them MLCommons' own",
                    PyRepr.str(own.keySet().stream().toList()));
        }
        TreeSet<String> differing = new TreeSet<>();
        nearest.forEach((file, hash) -> {
            if (!hash.equals(own.get(file))) {
                differing.add(file);
            }
        });
        own.keySet().forEach(file -> {
            if (!nearest.containsKey(String.valueOf(file))) {
                differing.add(String.valueOf(file));
            }
        });
        return finding.with("files that differ from the nearest set", String.join(", ", differing));
    }

    private static Map<String, Object> nearest(OfficialSession session, Map<?, ?> own) {
        Map<String, Object> nearest = Map.of();
        long most = -1;
        for (Map<String, Object> accepted : session.rules().sources()) {
            long equal = accepted.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(own.get(entry.getKey())))
                    .count();
            if (equal > most) {
                most = equal;
                nearest = accepted;
            }
        }
        return nearest;
    }
}
