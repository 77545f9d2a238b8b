/** The director and SUT protocol v3 as values: requests, replies, recorded messages, addresses and failures. */
@NullMarked
package dev.wattline.protocol;

import org.jspecify.annotations.NullMarked;
