/** The reader of nvidia-smi's CSV logs in every form the tool writes them. */
@NullMarked
package dev.wattline.analysis.smi;

import org.jspecify.annotations.NullMarked;
