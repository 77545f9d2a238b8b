/** The rules of the rounds, as data. */
@NullMarked
package dev.wattline.compliance.rounds;

import org.jspecify.annotations.NullMarked;
