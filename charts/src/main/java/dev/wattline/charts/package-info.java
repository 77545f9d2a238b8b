/**
 * Charts as SVG text, to stand in a page: the same input gives the same text. Colours come from the page's style by the
 * names in {@code class}; letters keep their size whatever the chart's width. Nothing here knows what the numbers mean.
 */
@NullMarked
package dev.wattline.charts;

import org.jspecify.annotations.NullMarked;
