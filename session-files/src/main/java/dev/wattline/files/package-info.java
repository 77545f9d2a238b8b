/** All that lies on disk in a session: where it lies, tolerant streaming readers, and writers. */
@NullMarked
package dev.wattline.files;

import org.jspecify.annotations.NullMarked;
