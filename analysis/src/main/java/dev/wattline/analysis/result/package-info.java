/** What an analysis found, as records: the content of sampling-error.json, the merged trace and the curves behind the figures. */
@NullMarked
package dev.wattline.analysis.result;

import org.jspecify.annotations.NullMarked;
