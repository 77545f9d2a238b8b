/** What the official checker lets pass: our own rules, apart from its verdict. */
@NullMarked
package dev.wattline.compliance.audit;

import org.jspecify.annotations.NullMarked;
