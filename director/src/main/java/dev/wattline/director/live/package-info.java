/** What a director does now, as those see it who watch. */
@NullMarked
package dev.wattline.director.live;

import org.jspecify.annotations.NullMarked;
