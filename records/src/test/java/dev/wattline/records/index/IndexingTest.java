package dev.wattline.records.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.files.SessionFolder;
import dev.wattline.files.SessionManifest;
import dev.wattline.files.json.ManifestJson;
import dev.wattline.records.RecordsException;
import dev.wattline.records.json.EarlierPeak;
import dev.wattline.records.json.IndexScan;
import dev.wattline.records.json.PeakQuery;
import dev.wattline.records.query.Condition;
import dev.wattline.records.query.ResultQuery;
import dev.wattline.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index of published sessions, copied beside each other. */
class IndexingTest {
    @TempDir
    Path root;

    private IndexFile index;
    private final List<Path> sessions = new ArrayList<>();

    @BeforeEach
    void copySessions() throws IOException {
        Path corpus = SharedData.orSkip("corpus/v4.1");
        index = new IndexFile(root);
        try (Stream<Path> published = Files.list(corpus)) {
            for (Path session : published.sorted().limit(3).toList()) {
                Path copy = root.resolve("2024-08-0" + (sessions.size() + 1) + "_10-00-00");
                copy(session, copy);
                sessions.add(copy);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private Indexing indexing() {
        return new Indexing(index, session -> {});
    }

    private List<String> values(String key) {
        List<String> found = new ArrayList<>();
        new ResultQuery(index.file(), List.of()).each(List.of(key), row -> found.add(row[0]));
        return found;
    }

    @Test
    void rebuildingGivesWhatWasAddedOneByOne() throws IOException {
        for (Path session : sessions) {
            indexing().add(List.of(session));
        }
        String added = Files.readString(index.file());
        Files.delete(index.file());

        assertThat(indexing().rebuild()).isEqualTo(3);

        assertThat(Files.readString(index.file())).isEqualTo(added);
        assertThat(values("folder"))
                .containsExactly("2024-08-01_10-00-00", "2024-08-02_10-00-00", "2024-08-03_10-00-00");
        assertThat(values("metric.value")).doesNotContainNull();
        assertThat(values("outcome")).containsOnly("complete");
        assertThat(values("analyzers")).as("as they call themselves").startsWith("WT333E C2XL24034V", "760401 0");
    }

    @Test
    void aManifestNamesWhatTheSessionWas() {
        ManifestJson.write(
                new SessionFolder(sessions.get(0)).manifest(),
                new SessionManifest(
                        "s",
                        "official",
                        "h200-03",
                        "bert-offline",
                        new TreeMap<>(java.util.Map.of("gpus", "8")),
                        List.of(new SessionManifest.Setting("powercap", "500", "700")),
                        Optional.of(List.of()),
                        "./run.sh"));
        indexing().rebuild();

        List<String> found = new ArrayList<>();
        new ResultQuery(index.file(), Condition.parse("sut=h200-03 workload=bert-* gpus=8 powercap<=500"))
                .each(List.of("folder"), row -> found.add(row[0]));
        assertThat(found).containsExactly("2024-08-01_10-00-00");
    }

    /** Tags are not derived: a rebuilt index has them again. */
    @Test
    void tagsOutliveTheIndex() throws IOException {
        indexing().rebuild();
        String name = String.valueOf(values("session").get(1));
        Tags.set(index, name, "baseline", true);
        Tags.set(index, name, "slow", true);
        Tags.set(index, name, "slow", false);
        Files.delete(index.file());

        indexing().rebuild();

        assertThat(values("tags")).containsExactly("", "baseline", "");
        assertThatThrownBy(() -> Tags.set(index, name, "Base line", true)).hasMessageContaining("got 'Base line'");
    }

    /** A broken file of ours costs its own values, and is named. */
    @Test
    void aBrokenManifestIsTold() throws IOException {
        Path manifest = new SessionFolder(sessions.get(2)).manifest();
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, "{");
        indexing().rebuild();

        assertThat(values("problems").get(2)).contains("manifest.json", "is no JSON");
        assertThat(values("metric.value")).doesNotContainNull();
    }

    @Test
    void peaksOfEarlierSessionsLeaveOutThoseWithTheTag() {
        indexing().rebuild();
        Set<String> all = Set.copyOf(values("session"));
        List<EarlierPeak> peaks = PeakQuery.peaks(new IndexScan(index.file()), all);
        assertThat(peaks)
                .isNotEmpty()
                .allSatisfy(peak -> assertThat(peak.watts()).isPositive());

        for (Path session : sessions) {
            all.forEach(name -> Tags.set(index, name, PeakQuery.LEFT_OUT, true));
            indexing().add(List.of(session));
        }
        assertThat(PeakQuery.peaks(new IndexScan(index.file()), all)).isEmpty();
    }

    @Test
    void aSessionElsewhereIsRefused() {
        assertThatThrownBy(() -> indexing().add(List.of(Path.of("/elsewhere/session"))))
                .isInstanceOf(RecordsException.class)
                .hasMessageContaining("does not lie below");
    }
}
