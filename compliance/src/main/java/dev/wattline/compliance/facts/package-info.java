/** What a session's files say, read tolerantly and once, for the audit and the metric. */
@NullMarked
package dev.wattline.compliance.facts;

import org.jspecify.annotations.NullMarked;
