/** The files of a session as the director writes them. */
@NullMarked
package dev.wattline.director.results;

import org.jspecify.annotations.NullMarked;
