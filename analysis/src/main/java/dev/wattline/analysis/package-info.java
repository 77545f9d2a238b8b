/** Analyzer and nvidia-smi merged: sampling error, phases, the report. */
@NullMarked
package dev.wattline.analysis;

import org.jspecify.annotations.NullMarked;
