/** Programs that the runner starts on the measured machine, and that must not outlive it. */
@NullMarked
package dev.wattline.sut.process;

import org.jspecify.annotations.NullMarked;
