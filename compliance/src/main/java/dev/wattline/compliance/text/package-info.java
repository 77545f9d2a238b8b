/** Reports as text: for people, in the official checker's form, and for JUnit's readers. */
@NullMarked
package dev.wattline.compliance.text;

import org.jspecify.annotations.NullMarked;
