/** The agent's configuration. */
@NullMarked
package dev.wattline.agent.config;

import org.jspecify.annotations.NullMarked;
