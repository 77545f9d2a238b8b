package dev.wattline.records.json;

import java.util.Arrays;

/**
 * By a session's hash the place of its last line, in an open table: boxed keys would take ten times as much. A place is the
 * line's offset in the file, and in its lowest bits the line's length, both in bytes.
 */
final class SessionPlaces {
    /** A line is shorter than 2 to the power of this, in bytes. */
    static final int LENGTH_BITS = 24;

    private long[] sessions = new long[1 << 12];
    private long[] places = new long[1 << 12];
    private int size;
    private int damaged;

    static long offset(long place) {
        return place >>> LENGTH_BITS;
    }

    static int length(long place) {
        return (int) (place & (1L << LENGTH_BITS) - 1);
    }

    /** @param session its hash, which is not 0 */
    void put(long session, long offset, int length) {
        put(session, offset << LENGTH_BITS | length);
    }

    private void put(long session, long place) {
        if (size * 2 >= sessions.length) {
            grow();
        }
        int slot = slot(sessions, session);
        if (sessions[slot] == 0) {
            sessions[slot] = session;
            size++;
        }
        places[slot] = place;
    }

    /** Adds what a later part of the file has. */
    void putAll(SessionPlaces later) {
        for (int i = 0; i < later.sessions.length; i++) {
            if (later.sessions[i] != 0) {
                put(later.sessions[i], later.places[i]);
            }
        }
    }

    void addDamaged() {
        damaged++;
    }

    /** How many lines tell no session. */
    int damaged() {
        return damaged;
    }

    long[] inOrder() {
        long[] all = new long[size];
        int next = 0;
        for (int i = 0; i < sessions.length; i++) {
            if (sessions[i] != 0) {
                all[next++] = places[i];
            }
        }
        Arrays.sort(all);
        return all;
    }

    private void grow() {
        long[] oldSessions = sessions;
        long[] oldPlaces = places;
        sessions = new long[oldSessions.length * 2];
        places = new long[sessions.length];
        for (int i = 0; i < oldSessions.length; i++) {
            if (oldSessions[i] != 0) {
                int slot = slot(sessions, oldSessions[i]);
                sessions[slot] = oldSessions[i];
                places[slot] = oldPlaces[i];
            }
        }
    }

    private static int slot(long[] table, long session) {
        int slot = (int) (session ^ (session >>> 32)) & (table.length - 1);
        while (table[slot] != 0 && table[slot] != session) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }
}
