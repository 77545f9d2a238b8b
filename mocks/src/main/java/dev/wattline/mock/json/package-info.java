/** The mocks' JSON files. */
@NullMarked
package dev.wattline.mock.json;

import org.jspecify.annotations.NullMarked;
