/** What commands print and read as JSON. */
@NullMarked
package dev.wattline.cli.json;

import org.jspecify.annotations.NullMarked;
