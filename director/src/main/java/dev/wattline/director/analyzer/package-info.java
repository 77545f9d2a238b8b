/** PTDaemon processes and the analyzers behind them, singly and all at once. */
@NullMarked
package dev.wattline.director.analyzer;

import org.jspecify.annotations.NullMarked;
