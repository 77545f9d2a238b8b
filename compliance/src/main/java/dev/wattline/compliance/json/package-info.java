/** Reports as JSON; the only place of this module that knows Jackson. */
@NullMarked
package dev.wattline.compliance.json;

import org.jspecify.annotations.NullMarked;
