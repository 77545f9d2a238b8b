/** What two Wattline peers may say beyond the reference's protocol, after an explicit and versioned opt-in. */
@NullMarked
package dev.wattline.protocol.live;

import org.jspecify.annotations.NullMarked;
