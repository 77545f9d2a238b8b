/** What says whether a session is valid: {@code check}, {@code metric}, {@code pack}. */
@NullMarked
package dev.wattline.cli.check;

import org.jspecify.annotations.NullMarked;
