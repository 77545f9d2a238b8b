/** Programs and files of the user that give a number. */
@NullMarked
package dev.wattline.sut.telemetry.command;

import org.jspecify.annotations.NullMarked;
