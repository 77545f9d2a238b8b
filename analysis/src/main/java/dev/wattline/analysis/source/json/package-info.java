/** The result of an informal measurement as JSON. */
@NullMarked
package dev.wattline.analysis.source.json;

import org.jspecify.annotations.NullMarked;
