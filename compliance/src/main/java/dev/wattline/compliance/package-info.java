/** The checks over a finished session, the power metric, submission packing. */
@NullMarked
package dev.wattline.compliance;

import org.jspecify.annotations.NullMarked;
