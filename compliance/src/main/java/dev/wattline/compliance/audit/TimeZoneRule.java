package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.PhaseTimes;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.sample.TimeShift;
import dev.wattline.compliance.session.Summary;
import dev.wattline.files.SessionFile;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * LoadGen's times and PTDaemon's are UTC (up to v1.0 local time of their machine): those of another zone are a multiple of a
 * quarter of an hour beside the marks, which each side took of its own clock.
 */
final class TimeZoneRule implements AuditRule {
    private static final double TOLERANCE_SECONDS = 20; // the first row comes within seconds of the mark

    @Override
    public List<String> ids() {
        return List.of("time-zone");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) {
        audit.eachPhase(phase -> {
            OptionalLong loadgen = loadgen(audit.facts(), phase);
            OptionalLong ptd = ptd(audit.facts(), phase);
            boolean alike = loadgen.equals(ptd);
            if (alike && audit.facts().rules().metric().localTimes()) {
                return; // the zone that the summaries record leaves out daylight saving, on both sides
            }
            LoadgenDetail detail = audit.facts().loadgen(phase);
            loadgen.ifPresent(shift -> audit.add(
                    finding(audit.facts(), shift, alike, phase, audit.facts().client())
                            .at(detail.file(), detail.line("power_begin"))));
            ptd.ifPresent(shift -> audit.add(
                    finding(audit.facts(), shift, alike, phase, audit.facts().server())
                            .at(SessionFile.spl(phase).place(), 1)));
        });
    }

    /** How far LoadGen's window is behind the SUT's marks of the phase. */
    private static OptionalLong loadgen(SessionFacts facts, Phase phase) throws IOException {
        Optional<Window> own = facts.loadgen(phase).window();
        List<PhaseTimes> marks = facts.marks(facts.client(), phase);
        if (own.isEmpty() || marks.size() < 3) {
            return OptionalLong.empty();
        }
        Window window = own.get().shifted(facts.loadgenOffset());
        return TimeShift.into(
                window.begin(), window.end(), marks.get(1).wall(), marks.get(2).wall(), zone(facts, facts.client()));
    }

    /** How far the power log's rows are behind the director's marks of the phase. */
    private static OptionalLong ptd(SessionFacts facts, Phase phase) throws IOException {
        SplFacts spl = facts.spl(phase);
        List<PhaseTimes> marks = facts.marks(facts.server(), phase);
        return spl.rows() == 0 || marks.size() < 2
                ? OptionalLong.empty()
                : TimeShift.between(
                        spl.firstMicros() / 1e6 + facts.ptdOffset(),
                        marks.get(1).wall(),
                        TOLERANCE_SECONDS);
    }

    private static long zone(SessionFacts facts, Summary summary) {
        double zone = facts.timezone(summary);
        return zone == Math.rint(zone) ? (long) zone : 0;
    }

    private static Finding finding(SessionFacts facts, long shift, boolean alike, Phase phase, Summary summary) {
        boolean sut = summary == facts.client();
        long zone = zone(facts, summary);
        Finding finding = Finding.of(
                        "time-zone",
                        phase == Phase.TESTING && !alike ? Severity.ERROR : Severity.WARNING,
                        (sut ? "LoadGen's times of the " : "PTDaemon's times of the ") + phase + " phase are "
                                + TimeShift.words(shift) + (sut ? " the SUT's clock" : " the director's clock"))
                .with(
                        Effect.NAME,
                        alike
                                ? "none: LoadGen's window and the samples are shifted alike"
                                : "LoadGen's window and the samples do not belong together")
                .limit("UTC");
        return TimeShift.cause(shift, zone)
                .map(cause -> finding.with("explained by", cause))
                .orElse(finding);
    }
}
