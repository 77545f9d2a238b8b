/** All that lies on disk in a session: readers and writers. */
@NullMarked
package dev.wattline.files;

import org.jspecify.annotations.NullMarked;
