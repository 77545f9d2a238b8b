package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SplFacts;
import dev.wattline.model.Phase;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The power log is what PTDaemon measured: its own count, mean, least and greatest of each measurement, which stand in its
 * log, come out of the rows. A row that is lost changes them, and so does one that was edited.
 */
final class LostRowsRule implements AuditRule {
    private static final double SIX_DECIMALS = 1.5e-6; // of a mean printed with six
    private static final long LAST_ROW = 1; // up to v2.1 the director often read the log before its last row was there

    @Override
    public List<String> ids() {
        return List.of("rows-lost", "rows-added", "rows-edited", "row-last");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        PtdLog log = audit.facts().ptdLog();
        if (log.severalAnalyzers()) {
            audit.inapplicable(null, "rows are sums of several analyzers, of which PTDaemon's log tells one by one");
            return;
        }
        audit.eachPhase(phase -> {
            SplFacts spl = audit.facts().spl(phase);
            Optional<PtdLog.Average> average = log.measurement(phase).flatMap(PtdLog.Measurement::average);
            if (average.isEmpty()) {
                audit.missing(phase, PtdLog.FILE, "it lacks PTDaemon's own statistics of the measurement");
            } else if (spl.rows() > 0) {
                compare(average.get(), spl, phase, audit::add);
            }
        });
    }

    private static void compare(PtdLog.Average average, SplFacts spl, Phase phase, Consumer<Finding> findings) {
        long lost = average.samples() - spl.rows();
        Severity severity = phase == Phase.TESTING ? Severity.ERROR : Severity.WARNING;
        if (lost > LAST_ROW || lost < 0) {
            findings.accept(Finding.of(
                            lost < 0 ? "rows-added" : "rows-lost",
                            severity,
                            "PTDaemon counted " + average.samples() + " samples, the power log of the " + phase
                                    + " phase has " + spl.rows())
                    .in(spl.file())
                    .with("PTDaemon", PtdLog.FILE + ":" + average.line())
                    .with(Effect.NAME, effect(average, spl))
                    .limit("as many rows as samples"));
            return;
        }
        boolean sameExtremes = average.min() == spl.validMin() && average.max() == spl.validMax();
        boolean sameMean = Math.abs(average.mean() - spl.validMean()) <= SIX_DECIMALS + 1e-9 * average.mean();
        if (lost == 0 && (!sameMean || !sameExtremes)) {
            findings.accept(edited(average, spl, phase, severity));
        } else if (lost == LAST_ROW) {
            oneLost(average, spl, phase, severity, findings);
        }
    }

    /** With the last row lost, the rest tells what it must have been: a measured value, or the rows are others. */
    private static void oneLost(
            PtdLog.Average average, SplFacts spl, Phase phase, Severity severity, Consumer<Finding> findings) {
        long valid = average.samples() - average.errors();
        double last = average.mean() * valid - spl.validMean() * spl.validRows();
        double margin = SIX_DECIMALS * valid;
        boolean plausible = valid == spl.validRows() + 1
                ? last >= average.min() - margin && last <= average.max() + margin
                : Math.abs(last) <= margin;
        if (!plausible) {
            findings.accept(edited(average, spl, phase, severity));
        } else {
            findings.accept(
                    Finding.of("row-last", Severity.INFO, "the power log of the " + phase + " phase lacks one row")
                            .in(spl.file())
                            .with("samples by PTDaemon", average.samples()));
        }
    }

    private static Finding edited(PtdLog.Average average, SplFacts spl, Phase phase, Severity severity) {
        return Finding.of(
                        "rows-edited",
                        severity,
                        "the rows of the " + phase
                                + " phase are not those that PTDaemon measured: its own mean, least or"
                                + " greatest value does not come out of them")
                .in(spl.file())
                .with("PTDaemon", PtdLog.FILE + ":" + average.line())
                .with("mean by PTDaemon in W", Effect.watts(average.mean()))
                .with("mean of the rows in W", Effect.watts(spl.validMean()))
                .with("least and greatest by PTDaemon in W", average.min() + " and " + average.max())
                .with("least and greatest of the rows in W", spl.validMin() + " and " + spl.validMax())
                .with(Effect.NAME, effect(average, spl));
    }

    private static String effect(PtdLog.Average average, SplFacts spl) {
        return Effect.ofMeans(spl.validMean(), average.mean()) + " of the mean of all rows";
    }
}
