package dev.wattline.ledger.imports.row;

/** What is known of programs that poll a sensor once a second, as CodeCarbon does. */
public final class PollingSource {
    /** A window of ten polls: of a shorter one the energy is a guess. */
    public static final double TEN_POLLS_SECONDS = 10;

    private PollingSource() {}
}
