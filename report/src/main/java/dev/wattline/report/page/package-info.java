/** Pages as records, texts and numbers ready to print, the templates' engine, and the one style and script. */
@NullMarked
package dev.wattline.report.page;

import org.jspecify.annotations.NullMarked;
