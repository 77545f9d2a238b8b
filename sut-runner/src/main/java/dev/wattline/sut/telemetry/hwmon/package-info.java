/** Power meters, cards and rails in the kernel's hwmon tree. */
@NullMarked
package dev.wattline.sut.telemetry.hwmon;

import org.jspecify.annotations.NullMarked;
