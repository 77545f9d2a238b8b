package dev.wattline.sut.session;

/** Which build of Wattline runs: its version and the commit it was made from. */
public record RunIdentity(String version, String commit) {}
