/** A page, and text for programs, that show what the director does; nobody can change anything by it. */
@NullMarked
package dev.wattline.director.web;

import org.jspecify.annotations.NullMarked;
