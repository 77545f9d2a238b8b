/** The greatest readings of a phase by analyzer and channel, held against the analyzer's ranges. */
@NullMarked
package dev.wattline.compliance.peaks;

import org.jspecify.annotations.NullMarked;
