/** Stand-ins for PTDaemon and nvidia-smi. */
@NullMarked
package dev.wattline.mock;

import org.jspecify.annotations.NullMarked;
