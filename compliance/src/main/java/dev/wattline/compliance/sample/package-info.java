/** Rules and statistics on a stream of samples, for finished sessions and for live ones alike. */
@NullMarked
package dev.wattline.compliance.sample;

import org.jspecify.annotations.NullMarked;
