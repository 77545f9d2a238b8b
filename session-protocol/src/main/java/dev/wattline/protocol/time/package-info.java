/** Clock checks: against an NTP server, against the peer, and of a machine's wall clock against its monotonic one. */
@NullMarked
package dev.wattline.protocol.time;

import org.jspecify.annotations.NullMarked;
