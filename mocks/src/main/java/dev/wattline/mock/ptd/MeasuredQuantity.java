package dev.wattline.mock.ptd;

/** The four measured quantities, each with a command of its own that asks for its statistics. */
enum MeasuredQuantity {
    WATTS("Watts"),
    VOLTS("Volts"),
    AMPS("Amps"),
    PF("PF");

    private final String word;

    MeasuredQuantity(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
