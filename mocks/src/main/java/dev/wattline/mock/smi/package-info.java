/** A stand-in for nvidia-smi whose cards' sensors have known errors, driven by the same signals as the mock PTDaemon. */
@NullMarked
package dev.wattline.mock.smi;

import org.jspecify.annotations.NullMarked;
