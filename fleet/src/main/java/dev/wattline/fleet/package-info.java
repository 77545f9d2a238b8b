/** Energy of a fleet's cards: an Apache Spark application around the analysis of one card's readings. */
@NullMarked
package dev.wattline.fleet;

import org.jspecify.annotations.NullMarked;
