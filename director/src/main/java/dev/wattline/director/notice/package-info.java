/** What a director tells a program of the lab's. */
@NullMarked
package dev.wattline.director.notice;

import org.jspecify.annotations.NullMarked;
