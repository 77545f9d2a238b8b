/** Programs on this machine: where they are, and what they say when they are run. */
@NullMarked
package dev.wattline.model.process;

import org.jspecify.annotations.NullMarked;
