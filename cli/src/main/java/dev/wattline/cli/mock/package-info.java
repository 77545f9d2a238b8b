/** The stand-ins: {@code mock-ptd}, {@code mock-smi}, {@code mock-machine}. */
@NullMarked
package dev.wattline.cli.mock;

import org.jspecify.annotations.NullMarked;
