/** Jobs, their order and states, and the journal by which they survive a kill. */
@NullMarked
package dev.wattline.lab.queue;

import org.jspecify.annotations.NullMarked;
