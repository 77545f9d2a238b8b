/** The management controller's power by Redfish. */
@NullMarked
package dev.wattline.sut.telemetry.redfish;

import org.jspecify.annotations.NullMarked;
