package dev.wattline.records.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.files.CompanionRecord;
import dev.wattline.files.CompanionRecord.Ended;
import dev.wattline.files.CompanionRecord.PhaseRun;
import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.records.query.ResultQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InformalEntryTest {
    private static final String TOLD = """
            {"schema":"wattline-informal/1","exitStatus":0,"begin":"2026-11-30T09:00:00Z","end":"2026-11-30T09:00:42Z",
             "window":{"begin":"2026-11-30T09:00:01Z","end":"2026-11-30T09:00:41Z"},"seconds":40.0,
             "energyReport":{"measurementMethod":"bmc","scope":"node","energyJ":20000.0,"intervalJ":[18000.0,22000.0],
                             "meanW":500.0},
             "energies":[{"scope":"node","source":"redfish","energyJ":20000.0,"intervalJ":[18000.0,22000.0]},
                         {"scope":"package","source":"rapl","energyJ":null},
                         {"scope":"node","source":"command:plug.2","energyJ":21000.0,"intervalJ":[20500.0,21500.0]}],
             "problems":["rapl stood still"]}
            """;

    @TempDir
    Path root;

    private Path session(String name, String told) throws IOException {
        SessionFolder files = new SessionFolder(Files.createDirectories(root.resolve(name)));
        ManifestJson.write(
                files.manifest(),
                new SessionManifest(
                        name, "informal", "node", "load", new TreeMap<>(), List.of(), Optional.empty(), "./load"));
        if (!told.isEmpty()) {
            Files.writeString(files.informal(), told);
        }
        return files.root();
    }

    private List<List<String>> rows(String... keys) {
        List<List<String>> rows = new ArrayList<>();
        new ResultQuery(new IndexFile(root).file(), List.of())
                .each(List.of(keys), row -> rows.add(Arrays.asList(row.clone())));
        return rows;
    }

    @Test
    void eachScopeAndSourceIsAKeyOfItsOwnAndNoneIsAnAnalyzers() throws IOException {
        new Indexing(new IndexFile(root), path -> {}).add(List.of(session("2026-11-30_09-00-00_a", TOLD)));

        assertThat(rows(
                        "kind",
                        "outcome",
                        "sut",
                        "seconds.testing",
                        "seconds.all",
                        "informal.node.redfish.energyJ",
                        "informal.node.redfish.lo",
                        "informal.node.redfish.meanW",
                        "informal.node.command:plug_2.hi",
                        "informal.outermost.scope",
                        "problems"))
                .containsExactly(List.of(
                        "informal",
                        "complete",
                        "node",
                        "40.0",
                        "42.0",
                        "20000.0",
                        "18000.0",
                        "500.0",
                        "21500.0",
                        "node",
                        "rapl stood still"));
        assertThat(new ResultQuery(new IndexFile(root).file(), List.of()).keys())
                .doesNotContain(
                        "valid", "verdict", "metric.value", "energyJ", "power.mean", "informal.package.rapl.energyJ");
    }

    @Test
    void whatRanBesideIsAKeyAndItsEarlyEndMakesTheSessionSuspect() throws IOException {
        Path good = session("2026-11-30_09-00-00_a", TOLD);
        Path bad = session("2026-11-30_09-00-00_b", TOLD);
        CompanionRecord whole =
                new CompanionRecord("sgemm@other", "./s", List.of(new PhaseRun("testing", 1, Optional.empty())));
        CompanionRecord cut = new CompanionRecord(
                "sgemm@other",
                "./s",
                List.of(new PhaseRun("testing", 1, Optional.of(new Ended(Instant.parse("2026-11-30T09:00:20Z"), 9)))));
        beside(good, whole);
        beside(bad, cut);
        assertThat(ManifestJson.read(new SessionFolder(bad).manifest())
                        .orElseThrow()
                        .with())
                .hasValue(cut);
        new Indexing(new IndexFile(root), path -> {}).add(List.of(good, bad));

        assertThat(rows("with", "suspect"))
                .containsExactly(
                        List.of("sgemm@other", ""), List.of("sgemm@other", String.join(",", cut.suspicions())));
        assertThat(cut.suspicions()).singleElement().asString().startsWith(CompanionRecord.ENDED);
    }

    private static void beside(Path session, CompanionRecord companion) {
        Path file = new SessionFolder(session).manifest();
        ManifestJson.write(file, ManifestJson.read(file).orElseThrow().with(Optional.of(companion)));
    }

    /** The runner was killed before it had written what it measured; another ended with 3. */
    @Test
    void rebuildingFindsThoseThatCameToAnEnd() throws IOException {
        session("2026-11-30_09-00-00_a", TOLD);
        session("2026-11-30_09-00-00_b", "");
        session("2026-11-30_09-00-00_c", TOLD.replace("\"exitStatus\":0", "\"exitStatus\":3"));

        assertThat(new Indexing(new IndexFile(root), path -> {}).rebuild()).isEqualTo(2);

        assertThat(rows("session", "outcome"))
                .containsExactly(
                        List.of("2026-11-30_09-00-00_a", "complete"), List.of("2026-11-30_09-00-00_c", "failed"));
    }
}
