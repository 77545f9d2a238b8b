/** The director: the daemon beside the analyzers that runs them for a measured machine and keeps what they measure. */
@NullMarked
package dev.wattline.director;

import org.jspecify.annotations.NullMarked;
