package dev.wattline.analysis.report;

import dev.wattline.analysis.result.Analysis;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param session name of the session, or of the logs where there is no session
 * @param analysis what the analysis found
 * @param verdict what the checks say; null where there is no session to check
 * @param writtenAt when the report is written
 * @param version of the program
 */
public record ReportInput(
        String session, Analysis analysis, @Nullable VerdictSummary verdict, Instant writtenAt, String version) {}
