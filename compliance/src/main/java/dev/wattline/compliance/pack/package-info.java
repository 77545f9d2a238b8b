/** Packing a session for a submission. */
@NullMarked
package dev.wattline.compliance.pack;

import org.jspecify.annotations.NullMarked;
