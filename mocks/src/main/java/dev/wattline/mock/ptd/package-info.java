/** A stand-in for PTDaemon: its command line, its standard output, its log file, its replies, its timing. */
@NullMarked
package dev.wattline.mock.ptd;

import org.jspecify.annotations.NullMarked;
