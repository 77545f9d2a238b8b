/** The power logs of the SUT made ready: on the analyzer's clock, with readings that stand still told. */
@NullMarked
package dev.wattline.analysis.telemetry;

import org.jspecify.annotations.NullMarked;
