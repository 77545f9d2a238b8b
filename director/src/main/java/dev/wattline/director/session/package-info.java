/** One session at a time, told from top to bottom by one thread, and what it leaves on disk. */
@NullMarked
package dev.wattline.director.session;

import org.jspecify.annotations.NullMarked;
