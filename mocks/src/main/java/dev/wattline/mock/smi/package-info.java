/**
 * A stand-in for nvidia-smi and dcgmi whose cards' sensors and counters have known errors, driven by the same signals as the
 * mock PTDaemon.
 */
@NullMarked
package dev.wattline.mock.smi;

import org.jspecify.annotations.NullMarked;
