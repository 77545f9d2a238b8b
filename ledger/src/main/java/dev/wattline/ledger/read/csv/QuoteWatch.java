package dev.wattline.ledger.read.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Knows at the end of a table whether a quoted field was still open, whose field then holds all that should have been rows.
 * A quote within a field that does not begin with one is a character as any other. For one thread.
 */
final class QuoteWatch extends FilterReader {
    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        /** Behind a quote in a quoted field, which ends it unless another follows. */
        PERHAPS_CLOSED
    }

    private final char separator;
    private State state = State.FIELD_BEGINS;
    private long line = 1;
    private long openedAt;

    QuoteWatch(Reader text, char separator) {
        super(text);
        this.separator = separator;
    }

    @Override
    public int read() throws IOException {
        int character = super.read();
        if (character >= 0) {
            see((char) character);
        }
        return character;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        for (int i = 0; i < count; i++) {
            see(target[offset + i]);
        }
        return count;
    }

    /** The line, from 1, of the quoted field that is open; 0 if none is. */
    long openedAt() {
        return state == State.QUOTED ? openedAt : 0;
    }

    private void see(char character) {
        if (state == State.QUOTED) {
            state = character == '"' ? State.PERHAPS_CLOSED : State.QUOTED;
        } else if (character == '"' && state != State.PLAIN) {
            openedAt = state == State.FIELD_BEGINS ? line : openedAt;
            state = State.QUOTED;
        } else {
            boolean ends = character == separator || character == '\n' || character == '\r';
            state = ends ? State.FIELD_BEGINS : State.PLAIN;
        }
        if (character == '\n') {
            line++;
        }
    }
}
