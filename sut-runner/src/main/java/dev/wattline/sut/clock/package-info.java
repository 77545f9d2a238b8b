/** The clocks of a run: this machine's against the director's and the NTP server's. */
@NullMarked
package dev.wattline.sut.clock;

import org.jspecify.annotations.NullMarked;
