/** A session's files as the checks see them: opened safely, streamed, decoded as Python does. */
@NullMarked
package dev.wattline.compliance.session;

import org.jspecify.annotations.NullMarked;
