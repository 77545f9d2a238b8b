/** {@code campaign} and its subcommands. */
@NullMarked
package dev.wattline.cli.campaign;

import org.jspecify.annotations.NullMarked;
