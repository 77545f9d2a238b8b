/** What a source of power readings is, and what those that the runner itself reads have in common. */
@NullMarked
package dev.wattline.sut.telemetry.source;

import org.jspecify.annotations.NullMarked;
