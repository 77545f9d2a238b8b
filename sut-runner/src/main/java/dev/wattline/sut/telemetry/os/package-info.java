/** How busy the processors are, where no counter may be read. */
@NullMarked
package dev.wattline.sut.telemetry.os;

import org.jspecify.annotations.NullMarked;
