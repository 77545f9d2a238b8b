/** What a mock does wrong, and when: scenarios of faults. */
@NullMarked
package dev.wattline.mock.scenario;

import org.jspecify.annotations.NullMarked;
