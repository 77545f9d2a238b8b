/** The official power metric of each round, and how sure it is. */
@NullMarked
package dev.wattline.compliance.metric;

import org.jspecify.annotations.NullMarked;
