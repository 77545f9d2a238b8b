/** Reports as one page that needs nothing else. */
@NullMarked
package dev.wattline.compliance.html;

import org.jspecify.annotations.NullMarked;
