/** The sampling error of nvidia-smi: the error budget, the worst periodic load, repetitions and sub-sampling. */
@NullMarked
package dev.wattline.analysis.error;

import org.jspecify.annotations.NullMarked;
