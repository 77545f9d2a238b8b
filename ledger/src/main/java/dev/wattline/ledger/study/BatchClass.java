package dev.wattline.ledger.study;

import org.jspecify.annotations.Nullable;

/** Batches of about the same effect, so that sources with other batches can be compared. */
enum BatchClass {
    ONE("batch 1"),
    SMALL("batch 2 to 8"),
    MIDDLE("batch 9 to 32"),
    LARGE("batch over 32"),
    UNKNOWN("batch unknown");

    private final String words;

    BatchClass(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static BatchClass of(@Nullable Double batch) {
        if (batch == null || !(batch > 0)) {
            return UNKNOWN;
        }
        if (batch < 1.5) {
            return ONE;
        }
        return batch < 8.5 ? SMALL : batch < 32.5 ? MIDDLE : LARGE;
    }
}
