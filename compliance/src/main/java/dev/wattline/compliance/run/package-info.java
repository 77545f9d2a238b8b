/** The whole check of a session, of several, and of a tree of them. */
@NullMarked
package dev.wattline.compliance.run;

import org.jspecify.annotations.NullMarked;
