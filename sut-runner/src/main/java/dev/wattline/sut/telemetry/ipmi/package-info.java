/** The management controller's power by ipmitool. */
@NullMarked
package dev.wattline.sut.telemetry.ipmi;

import org.jspecify.annotations.NullMarked;
