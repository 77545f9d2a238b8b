/** What is watched while a phase runs: readings, the client's silence, alarms and the notes for the runner. */
@NullMarked
package dev.wattline.director.monitor;

import org.jspecify.annotations.NullMarked;
