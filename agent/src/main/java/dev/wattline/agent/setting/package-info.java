/** Settings of the machine, applied, read back and restored. */
@NullMarked
package dev.wattline.agent.setting;

import org.jspecify.annotations.NullMarked;
