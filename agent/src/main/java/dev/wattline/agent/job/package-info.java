/** A job from its request to its outcome, and the journal by which it survives a kill. */
@NullMarked
package dev.wattline.agent.job;

import org.jspecify.annotations.NullMarked;
