/** The logs of DCGM, dcgmi dmon. */
@NullMarked
package dev.wattline.analysis.read.dcgm;

import org.jspecify.annotations.NullMarked;
