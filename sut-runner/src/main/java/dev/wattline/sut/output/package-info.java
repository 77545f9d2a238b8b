/** What a run says: its log, its console, its live line, and the events that it waits for. */
@NullMarked
package dev.wattline.sut.output;

import org.jspecify.annotations.NullMarked;
