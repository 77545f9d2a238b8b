/** The agent on a SUT and the lab's console: {@code suts}, {@code start}, {@code queue}, {@code reserve} and their kin. */
@NullMarked
package dev.wattline.cli.lab;

import org.jspecify.annotations.NullMarked;
