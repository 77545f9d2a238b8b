/** The state of a director as JSON. */
@NullMarked
package dev.wattline.director.live.json;

import org.jspecify.annotations.NullMarked;
