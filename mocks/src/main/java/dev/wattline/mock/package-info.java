/** Stand-ins for PTDaemon and nvidia-smi: what their parts have in common. */
@NullMarked
package dev.wattline.mock;

import org.jspecify.annotations.NullMarked;
