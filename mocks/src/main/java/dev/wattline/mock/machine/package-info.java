/** A machine with readable power: kernel trees, a management controller and ipmitool, all of one signal with known energy. */
@NullMarked
package dev.wattline.mock.machine;

import org.jspecify.annotations.NullMarked;
