/** What runs on a measured machine before and after a session of a named workload. */
@NullMarked
package dev.wattline.agent;

import org.jspecify.annotations.NullMarked;
