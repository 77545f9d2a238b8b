/** What a user should know about a measurement: findings, and the catalogue of their causes and remedies. */
@NullMarked
package dev.wattline.model.finding;

import org.jspecify.annotations.NullMarked;
