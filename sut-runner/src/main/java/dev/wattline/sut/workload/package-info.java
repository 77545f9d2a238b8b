/** The built-in workload: a matrix multiplication that loads the processors and writes logs in LoadGen's format. */
@NullMarked
package dev.wattline.sut.workload;

import org.jspecify.annotations.NullMarked;
