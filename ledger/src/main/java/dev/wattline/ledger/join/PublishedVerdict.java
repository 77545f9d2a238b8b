package dev.wattline.ledger.join;

/** What comes of a published value against the raw logs. */
public enum PublishedVerdict {
    /** Equal to the value of its own session, to 5e-10. */
    EQUAL("equal"),
    /** Equal to it within half a unit of the last digit printed. */
    ROUNDED("rounded"),
    /** Its own session has another value. */
    DIFFERS("differs"),
    /** Its own session has another value, or it has none, and the value is that of another result. */
    WRONG_ROW("wrong-row"),
    /** The published result is no number. */
    NO_NUMBER("no-number"),
    /** No session of the round's tree belongs to it. */
    NO_SESSION("no-session"),
    /** Its session lacks a log, so that there is no value. */
    INCOMPLETE("incomplete"),
    /** No tree of its round and suite was given. */
    ROUND_NOT_GIVEN("round-not-given");

    private final String word;

    PublishedVerdict(String word) {
        this.word = word;
    }

    /** The word in tables and JSON. */
    public String word() {
        return word;
    }

    /** Whether the published value is wrong by what the logs say. */
    public boolean bad() {
        return this == DIFFERS || this == WRONG_ROW;
    }
}
