/** The agent as a member of the lab: it dials the director and takes jobs from its queue. */
@NullMarked
package dev.wattline.agent.lab;

import org.jspecify.annotations.NullMarked;
