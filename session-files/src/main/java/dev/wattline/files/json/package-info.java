/** The session's JSON files, the only place of this module that knows Jackson. */
@NullMarked
package dev.wattline.files.json;

import org.jspecify.annotations.NullMarked;
