/** A whole machine with known power at its wall: cards, processors, memory, fans, supplies, and what its sources show. */
@NullMarked
package dev.wattline.simulation.machine;

import org.jspecify.annotations.NullMarked;
