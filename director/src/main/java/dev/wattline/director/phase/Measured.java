package dev.wattline.director.phase;

import dev.wattline.director.analyzer.Analyzer;
import dev.wattline.ptd.SampleRows;

/**
 * The outcome of one phase on one analyzer.
 *
 * @param rows its samples, without marks
 * @param beforeStop statistics asked for before Stop, in the testing phase; else those after
 * @param afterStop statistics over all samples
 */
public record Measured(Analyzer analyzer, SampleRows rows, PhaseStatistics beforeStop, PhaseStatistics afterStop) {}
