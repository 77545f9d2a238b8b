/** A measurement as the measured machine sees it: from the command line to the finished session folder. */
@NullMarked
package dev.wattline.sut.session;

import org.jspecify.annotations.NullMarked;
