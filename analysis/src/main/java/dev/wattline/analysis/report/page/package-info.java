/** The report's page as records: what the templates show, texts and numbers ready to print. */
@NullMarked
package dev.wattline.analysis.report.page;

import org.jspecify.annotations.NullMarked;
