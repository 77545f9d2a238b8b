/** Energy with or without an analyzer: {@code measure}, {@code calibrate}, {@code analyze}, {@code sensor}, {@code report}. */
@NullMarked
package dev.wattline.cli.power;

import org.jspecify.annotations.NullMarked;
