package dev.wattline.report.session;

import dev.wattline.analysis.result.Analysis;
import dev.wattline.analysis.source.EnergyStatement;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.report.setup.Setup;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param session name of the session, or of the logs where there is no session
 * @param analysis what the analysis found
 * @param checked what the checks say; null where there is no session to check
 * @param setup what was measured, with what
 * @param sources what several sources said beside the analyzer; empty where there is at most nvidia-smi
 * @param writtenAt when the report is written
 * @param version of the program
 */
public record ReportInput(
        String session,
        Analysis analysis,
        @Nullable SessionReport checked,
        Setup setup,
        Optional<EnergyStatement> sources,
        Instant writtenAt,
        String version) {

    /** A report that does not say what was measured with what. */
    public ReportInput(
            String session, Analysis analysis, @Nullable SessionReport checked, Instant writtenAt, String version) {
        this(session, analysis, checked, Setup.NONE, Optional.empty(), writtenAt, version);
    }
}
