package dev.wattline.compliance.sample;

/**
 * What a rule has against a sample.
 *
 * @param id the finding's id, as in the catalogue
 * @param message what is wrong, in a sentence with its values and units
 * @param size how bad it is, in the rule's own unit, to tell the worst of several
 */
public record SampleFault(String id, String message, double size) {}
