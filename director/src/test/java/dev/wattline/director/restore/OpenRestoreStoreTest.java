package dev.wattline.director.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.director.config.AnalyzerConfig;
import dev.wattline.director.journal.JournaledSession.StartedPtd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges to be restored, on disk, and which analyzer they belong to. */
class OpenRestoreStoreTest {
    private static final String INSTRUMENT = "YOKOGAWA;WT310E;C2PG01014V;F1.04";
    private static final String OTHER = "YOKOGAWA;WT310E;C2PG01015V;F1.04";

    @TempDir
    private Path folder;

    private static OpenRestore open(String session, String at) {
        return new OpenRestore(
                session,
                1,
                "-y 10.0.0.7",
                INSTRUMENT,
                "300.000000",
                "Auto",
                Instant.parse(at),
                "analyzer 1: '%$#' = \\ nothing\nof the kind",
                Optional.of(new StartedPtd(1, 4711, 1_795_322_914_526L, 8888, "/opt/ptd -l x 49 10.0.0.7")));
    }

    private static AnalyzerConfig analyzer(int number, String port) {
        return new AnalyzerConfig(number, 49, "-y", port, 8888, null, null, null);
    }

    @Test
    void keepsThemWithTheOldestFirst() {
        OpenRestoreStore store = new OpenRestoreStore(folder);
        OpenRestore later = open("2026-11-22_10-00-00_b", "2026-11-22T10:00:00Z");
        OpenRestore earlier = open("2026-11-22_09-00-00_a", "2026-11-22T09:00:00Z");
        store.put(later);
        store.put(earlier);
        assertThat(new OpenRestoreStore(folder).all()).containsExactly(earlier, later);
        store.put(earlier.withCause("another"));
        assertThat(store.all()).containsExactly(earlier.withCause("another"), later);
        store.remove(earlier);
        assertThat(store.all()).containsExactly(later);
        assertThat(later.describe())
                .isEqualTo("analyzer 1: its ranges from before session 2026-11-22_10-00-00_b, 300 V and Auto for A");
    }

    @Test
    void aRecordThatIsNoneIsNamed() throws IOException {
        OpenRestoreStore store = new OpenRestoreStore(folder);
        OpenRestore open = open("2026-11-22_10-00-00_b", "2026-11-22T10:00:00Z");
        store.put(open);
        Files.writeString(
                store.file(open), "session=x\nanalyzer=1\nvolts=-3\namps=Auto\nreadAt=2026-11-22T10:00:00Z\n");
        assertThatThrownBy(store::all)
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(store.file(open).toString())
                .hasMessageContaining("'-3'");
    }

    @Test
    void knowsItsAnalyzerByNumberAndAddressAndTheInstrumentByItsSerialNumber() {
        OpenRestore open = open("s", "2026-11-22T10:00:00Z");
        assertThat(open.isAt(analyzer(1, "10.0.0.7"))).isTrue();
        assertThat(open.isAt(analyzer(2, "10.0.0.7"))).isFalse();
        assertThat(open.isAt(analyzer(1, "10.0.0.8"))).isFalse();
        assertThat(open.mayBe(INSTRUMENT)).isTrue();
        assertThat(open.mayBe("YOKOGAWA;WT310E;C2PG01014V;F1.05")).isTrue(); // its firmware is a newer one
        assertThat(open.mayBe("")).isTrue();
        assertThat(open.mayBe(OTHER)).isFalse();
        assertThat(open.isSame("")).isFalse();
    }
}
