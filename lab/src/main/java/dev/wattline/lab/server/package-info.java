/** The director's end of {@code lab/1}: who is let in, agents, consoles, and what is begun when. */
@NullMarked
package dev.wattline.lab.server;

import org.jspecify.annotations.NullMarked;
