package dev.wattline.cli.doctor;

import dev.wattline.director.analyzer.Ranges;
import dev.wattline.model.AnalyzerIdentity;

/** What came of asking an analyzer. */
sealed interface AnalyzerAnswer {

    /** It answered. */
    record Answered(AnalyzerIdentity identity, Ranges ranges) implements AnalyzerAnswer {}

    /** It was not asked, for it would have disturbed somebody. */
    record NotAsked(String why) implements AnalyzerAnswer {}
}
