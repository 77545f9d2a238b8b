/** The session's files that the director holds. */
@NullMarked
package dev.wattline.sut.download;

import org.jspecify.annotations.NullMarked;
