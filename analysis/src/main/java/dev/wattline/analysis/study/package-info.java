/** {@code sensor}: what a log tells of its sensor alone. */
@NullMarked
package dev.wattline.analysis.study;

import org.jspecify.annotations.NullMarked;
