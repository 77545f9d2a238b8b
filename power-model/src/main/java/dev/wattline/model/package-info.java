/** Pure values of a power measurement: readings, samples, phases, names, ranges, device types, time. */
@NullMarked
package dev.wattline.model;

import org.jspecify.annotations.NullMarked;
