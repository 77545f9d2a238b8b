/** The doctor's report as JSON. */
@NullMarked
package dev.wattline.cli.doctor.json;

import org.jspecify.annotations.NullMarked;
