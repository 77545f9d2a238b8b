package dev.wattline.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt name was meant to be, by Levenshtein's distance. */
public final class NearestName {
    private static final int NEAR = 2;
    private static final int SHARE = 3;

    private NearestName() {}

    /** The nearest of these names; empty if none is near. */
    public static Optional<String> of(String name, Collection<String> names) {
        return names.stream()
                .filter(one -> distance(name, one) <= Math.max(NEAR, name.length() / SHARE))
                .min(Comparator.comparingInt((String one) -> distance(name, one))
                        .thenComparing(one -> one));
    }

    /** The end of a message: {@code ; did you mean 'gpus'?}, or nothing. */
    public static String question(String name, Collection<String> names) {
        return of(name, names).map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    private static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int swap = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(swap, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[other.length()];
    }
}
