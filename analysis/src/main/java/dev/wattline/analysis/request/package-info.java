/** What an analysis is asked for. */
@NullMarked
package dev.wattline.analysis.request;

import org.jspecify.annotations.NullMarked;
