package dev.wattline.compliance.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.wattline.compliance.SyntheticSession;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.peaks.PhasePeaks.AnalyzerPeaks;
import dev.wattline.compliance.peaks.PhasePeaks.ChannelPeak;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhasePeaksTest {
    private static final String SPL = "ranging/spl.txt";

    @TempDir
    Path temp;

    private SyntheticSession session;

    @BeforeEach
    void session() {
        session = SyntheticSession.create(temp.resolve("session"));
    }

    private PhasePeaks peaks() throws IOException {
        SessionView view = SessionView.of(session.folder(), "session");
        return PhasePeaks.of(
                new SessionFacts(view, Summary.load(view, Summary.CLIENT), Summary.load(view, Summary.SERVER), null),
                Phase.RANGING);
    }

    @Test
    void namesTheStepThatThePeakOfTheOnlyChannelAsksFor() throws IOException {
        session.replace(
                SPL, SyntheticSession.stamp(60.3) + ",Watts,250.0", SyntheticSession.stamp(60.3) + ",Watts,300.0");

        PhasePeaks peaks = peaks();

        assertThat(peaks.rows()).isEqualTo(100);
        assertThat(peaks.span()).isEqualTo(Duration.ofSeconds(99));
        AnalyzerPeaks analyzer = peaks.analyzers().get(0);
        assertThat(analyzer.name()).isEqualTo("WT310E C3XX00000E");
        ChannelPeak only = analyzer.columns().get(0);
        assertThat(analyzer.columns()).hasSize(1);
        assertThat(only.watts()).isEqualTo(300);
        assertThat(only.wattsAt()).isEqualTo(Duration.ofSeconds(35));
        assertThat(only.ampRange()).hasValue(2.0); // 1.1 A x 1.1 = 1.21 A
        assertThat(only.voltRange()).hasValue(300.0);
        assertThat(only.headRoom()).hasValueSatisfying(part -> assertThat(part).isCloseTo(0.45, within(1e-9)));
    }

    @Test
    void anUnknownAnalyzerHasNoStep() throws IOException {
        session.edit("power/server.json", text -> text.replace("YokogawaWT310E", "AcmeMeter9"));

        ChannelPeak only = peaks().analyzers().get(0).columns().get(0);

        assertThat(only.ampRange()).isEmpty();
        assertThat(only.voltRange()).isEmpty();
        assertThat(only.headRoom()).isEmpty();
        assertThat(only.wantedAmps()).isCloseTo(1.21, within(1e-9));
    }

    /** A range covers a channel; the sum has none, although its row says amps. */
    @Test
    void channelsAreRangedEachByItself() throws IOException {
        session.edit(
                SPL,
                text -> text.replaceAll(
                        "(?m)^(.*)Amps,1.100000,PF,0.988000(.*)$",
                        "$1Amps,-1.000000,PF,-1.000000$2,Ch1,Watts,100.0,Volts,231.0,Amps,0.4,PF,1.0"
                                + ",Ch2,Watts,150.0,Volts,229.0,Amps,0.7,PF,1.0"));

        AnalyzerPeaks analyzer = peaks().analyzers().get(0);

        assertThat(analyzer.columns()).extracting(ChannelPeak::name).containsExactly("channel 1", "channel 2", "sum");
        assertThat(analyzer.columns().get(0).ampRange()).hasValue(0.5);
        assertThat(analyzer.columns().get(1).ampRange()).hasValue(1.0);
        assertThat(analyzer.columns().get(2).ampRange()).isEmpty();
        assertThat(analyzer.columns().get(2).amps()).isNaN();
        assertThat(analyzer.columns().get(2).watts()).isEqualTo(250);
    }

    /** A value outside the range is a peak too: it is what the range should have held. */
    @Test
    void decodesWhatWasOutsideTheRange() throws IOException {
        session.replace(SPL, "Amps,1.100000", "Amps,-5.500000");

        assertThat(peaks().analyzers().get(0).columns().get(0).amps()).isEqualTo(2.5);
    }

    @Test
    void rowsOfSeveralAnalyzersAreTakenApart() throws IOException {
        session.edit(SPL, text -> {
            StringBuilder merged = new StringBuilder();
            text.lines()
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> merged.append(line)
                            .append(",Analyzer1,")
                            .append(line)
                            .append(",Analyzer2,")
                            .append(line.replace("Amps,1.1", "Amps,4.1"))
                            .append('\n'));
            return merged.toString();
        });

        PhasePeaks peaks = peaks();

        assertThat(peaks.analyzers()).hasSize(2);
        assertThat(peaks.analyzers().get(1).columns().get(0).amps()).isEqualTo(4.1);
        assertThat(peaks.analyzers().get(1).name())
                .as("the summary tells of one")
                .isEqualTo("unknown analyzer");
    }
}
