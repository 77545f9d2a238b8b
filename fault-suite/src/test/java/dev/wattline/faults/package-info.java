/** Each fault that a measurement must survive, tried with the real programs as processes of their own. */
@NullMarked
package dev.wattline.faults;

import org.jspecify.annotations.NullMarked;
