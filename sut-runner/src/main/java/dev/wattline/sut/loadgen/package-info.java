/** LoadGen's files: the logs that a run takes over, and the settings that shorten its ranging. */
@NullMarked
package dev.wattline.sut.loadgen;

import org.jspecify.annotations.NullMarked;
