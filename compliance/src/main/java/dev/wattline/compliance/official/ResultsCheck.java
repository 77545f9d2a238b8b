package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.SessionTree;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.FileHashes;
import dev.wattline.files.SessionFile;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files are those that the two sides hashed when they wrote their summaries. */
final class ResultsCheck implements OfficialCheck {
    private static final List<String> REQUIRED = Arrays.stream(SessionFile.values())
            .filter(file -> file != SessionFile.CLIENT_JSON && file != SessionFile.SERVER_JSON)
            .map(SessionFile::place)
            .toList();

    @Override
    public String name() {
        return "Check results checksum";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) throws IOException {
        SessionView view = session.view();
        List<String> required = new ArrayList<>(REQUIRED);
        if (session.rules().clientJsonHashed()) {
            required.add(0, Summary.CLIENT);
        }
        Map<String, Object> files = hashes(view, required);
        Map<String, Object> server = required(session.server().field("results"), required);
        Map<String, Object> client = required(session.client().field("results"), required);
        String serverName = view.shown(Summary.SERVER);
        String clientName = view.shown(Summary.CLIENT);
        compare(session, server, client, serverName + " and " + clientName + " results checksum comparison", true);

        Map<String, Object> recorded = new LinkedHashMap<>(client);
        recorded.putAll(server);
        String title = serverName + " + " + clientName + " results checksum values and calculated " + view.shown()
                + " content checksum comparison:\n";
        sameFiles(recorded, files, title + " Missing ", "file-not-there", "was hashed but is not there");
        sameFiles(files, recorded, title + " Extra ", "file-not-hashed", "is there but was not hashed");
        compare(session, recorded, files, title, false);
        allThere(recorded, required, serverName + " + " + clientName);
        allThere(files, required, view.shown());
    }

    private static Map<String, Object> required(Object results, List<String> required) {
        Map<String, Object> kept = new LinkedHashMap<>(PyValues.object(results));
        kept.keySet().retainAll(required);
        return kept;
    }

    private static void compare(
            OfficialSession session,
            Map<String, Object> expected,
            Map<String, Object> got,
            String title,
            boolean summaries)
            throws IOException {
        StringBuilder text = new StringBuilder(title);
        Finding finding = null;
        boolean onlyLineEnds = !summaries;
        for (Map.Entry<String, Object> entry : expected.entrySet()) {
            String file = entry.getKey();
            Object other = got.get(file);
            if (other == null || PyValues.equal(entry.getValue(), other)) {
                continue;
            }
            String one = PyRepr.str(entry.getValue());
            String two = PyRepr.str(other);
            text.append("Expected ").append(one).append(", but got ").append(two);
            text.append(" for ").append(file).append('\n');
            if (finding == null) {
                finding = summaries
                        ? Finding.error("hashes-contradict", "the two summaries hold different hashes of " + file)
                                .at(Summary.SERVER, session.server().line("results", file))
                        : Finding.error("file-changed", file + " is not the file that was hashed")
                                .in(file);
            }
            finding = finding.with("expected " + file, one).with("got " + file, two);
            Optional<String> lineEnds = summaries ? Optional.empty() : LineEnds.of(session.view(), file, one);
            onlyLineEnds &= lineEnds.isPresent();
            if (lineEnds.isPresent()) {
                finding = finding.with("content of " + file, lineEnds.get());
            }
        }
        if (finding != null && onlyLineEnds) {
            finding = Finding.error(
                            "file-line-ends",
                            finding.file() + " differs from the file that was hashed in its line ends only")
                    .in(finding.file())
                    .withAll(finding.values());
        }
        if (finding != null) {
            throw Ended.fail(text.toString(), finding.limit("equal SHA-1 hashes"));
        }
    }

    private static void sameFiles(
            Map<String, Object> all, Map<String, Object> others, String title, String id, String words) {
        List<String> surplus = all.keySet().stream()
                .filter(file -> !others.containsKey(file))
                .sorted()
                .toList();
        if (!surplus.isEmpty()) {
            String names = String.join(", ", surplus);
            throw Ended.fail(
                    title + PyRepr.repr(names),
                    Finding.error(id, names + " " + words).in(surplus.get(0)));
        }
    }

    private static void allThere(Map<String, Object> files, List<String> required, String where) {
        List<String> absent =
                required.stream().filter(file -> !files.containsKey(file)).toList();
        if (!absent.isEmpty()) {
            String names = String.join(", ", absent);
            throw Ended.fail(
                    "There are absent files " + PyRepr.repr(names) + " in the results of " + where,
                    Finding.error("files-absent", names + " were neither hashed nor are they there")
                            .in(absent.get(0)));
        }
    }

    /** The hashes of the files below a session, as far as they count; everything else must only be readable. */
    private static Map<String, Object> hashes(SessionView view, List<String> required) throws IOException {
        List<String> wanted = new ArrayList<>(required);
        wanted.add(Summary.SERVER);
        wanted.add(Summary.CLIENT);
        SessionTree tree = SessionTree.walk(view.folder(), wanted);
        tree.requireReadable();
        for (String summary : List.of(Summary.SERVER, Summary.CLIENT)) {
            if (!tree.holds(summary)) {
                throw new PyError("file-refused", summary + " lies behind a link").in(summary, 0);
            }
        }
        Map<String, Object> hashes = new LinkedHashMap<>();
        for (String name : required.stream().sorted().toList()) {
            if (tree.holds(name)) {
                hashes.put(name, FileHashes.sha1(view.file(name)));
            }
        }
        return hashes;
    }
}
