/** The demo: a whole measurement on one machine, with a mock analyzer, as separate processes. */
@NullMarked
package dev.wattline.cli.demo;

import org.jspecify.annotations.NullMarked;
