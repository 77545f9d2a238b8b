/** The official checker's checks, one class each: same verdict, same text. */
@NullMarked
package dev.wattline.compliance.official;

import org.jspecify.annotations.NullMarked;
