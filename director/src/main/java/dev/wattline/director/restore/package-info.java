/** Ranges that an analyzer is to get back: kept on disk until it has them, and made up for as soon as it answers. */
@NullMarked
package dev.wattline.director.restore;

import org.jspecify.annotations.NullMarked;
