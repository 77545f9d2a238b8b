/** What Redfish resources say of power. */
@NullMarked
package dev.wattline.sut.telemetry.redfish.json;

import org.jspecify.annotations.NullMarked;
