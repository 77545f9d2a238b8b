/** The semantics of Python that the official checker's verdicts rest on: its JSON, text files, numbers and times. */
@NullMarked
package dev.wattline.compliance.python;

import org.jspecify.annotations.NullMarked;
