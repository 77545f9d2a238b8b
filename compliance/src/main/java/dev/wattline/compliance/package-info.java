/** The checks over a finished session, the power metric, submission packing: what all of them share. */
@NullMarked
package dev.wattline.compliance;

import org.jspecify.annotations.NullMarked;
