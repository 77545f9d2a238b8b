/** What ipmitool says of a node. */
@NullMarked
package dev.wattline.analysis.read.bmc;

import org.jspecify.annotations.NullMarked;
