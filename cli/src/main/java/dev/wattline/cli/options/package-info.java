/** Options and values that several commands share, exit codes and the errors of usage. */
@NullMarked
package dev.wattline.cli.options;

import org.jspecify.annotations.NullMarked;
