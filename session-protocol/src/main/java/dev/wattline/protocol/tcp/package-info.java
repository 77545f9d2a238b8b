/** What both ends of a control connection learn from the kernel about it. */
@NullMarked
package dev.wattline.protocol.tcp;

import org.jspecify.annotations.NullMarked;
