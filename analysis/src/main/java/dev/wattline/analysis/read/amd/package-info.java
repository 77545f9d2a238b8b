/** The logs of AMD's tools, amd-smi and rocm-smi. */
@NullMarked
package dev.wattline.analysis.read.amd;

import org.jspecify.annotations.NullMarked;
