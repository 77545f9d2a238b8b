package dev.wattline.director.analyzer;

import dev.wattline.model.RangeSetting;

/** A voltage and a current range to set. */
public record Ranges(RangeSetting volts, RangeSetting amps) {}
