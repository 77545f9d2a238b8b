package dev.wattline.compliance.sample;

import dev.wattline.model.PowerSample;
import java.util.Optional;

/**
 * A rule on samples in the order in which the analyzer took them. Each instance follows one measurement of one analyzer.
 * Not safe for use by several threads.
 */
public interface SampleRule {

    /** Looks at the next sample: what is wrong with it, if anything. */
    Optional<SampleFault> next(PowerSample sample);
}
