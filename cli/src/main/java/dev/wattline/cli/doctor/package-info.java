/** The doctor: what can go wrong with a long run, looked for before it. */
@NullMarked
package dev.wattline.cli.doctor;

import org.jspecify.annotations.NullMarked;
