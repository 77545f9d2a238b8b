/** What commands print: tables, progress, files and folders of output, signals from the terminal. */
@NullMarked
package dev.wattline.cli.terminal;

import org.jspecify.annotations.NullMarked;
