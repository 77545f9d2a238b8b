/** The index's lines as JSON, read as a stream. */
@NullMarked
package dev.wattline.records.json;

import org.jspecify.annotations.NullMarked;
