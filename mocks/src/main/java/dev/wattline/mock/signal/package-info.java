/** Power over time, as the mock instruments measure it. */
@NullMarked
package dev.wattline.mock.signal;

import org.jspecify.annotations.NullMarked;
