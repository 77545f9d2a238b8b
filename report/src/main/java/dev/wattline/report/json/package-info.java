/** The series that the report draws, as JSON. */
@NullMarked
package dev.wattline.report.json;

import org.jspecify.annotations.NullMarked;
