/** The mock PTDaemon for JUnit 5 tests: {@link dev.wattline.junit.MockPtdaemon}. */
@NullMarked
package dev.wattline.junit;

import org.jspecify.annotations.NullMarked;
