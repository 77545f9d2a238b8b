/** The director's configuration: the reference's INI files, our own {@code [wattline]} section, and what is wrong with a file. */
@NullMarked
package dev.wattline.director.config;

import org.jspecify.annotations.NullMarked;
