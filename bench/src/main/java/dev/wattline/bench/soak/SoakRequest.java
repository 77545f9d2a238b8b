package dev.wattline.bench.soak;

import java.util.List;

/**
 * How long to soak.
 *
 * @param sessions how many sessions, 8 or more
 * @param seed of the order of mishaps
 */
public record SoakRequest(int sessions, long seed) {
    private static final int LEAST = 8;
    private static final int DEFAULT_SESSIONS = 200;

    public SoakRequest {
        if (sessions < LEAST) {
            throw new IllegalArgumentException("expected at least " + LEAST + " sessions, got " + sessions);
        }
    }

    /** Reads {@code [--sessions N] [--seed N]}. */
    public static SoakRequest parse(List<String> arguments) {
        int sessions = DEFAULT_SESSIONS;
        long seed = 1;
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            if (i + 1 == arguments.size()) {
                throw new IllegalArgumentException(name + " needs a number");
            }
            long number = Long.parseLong(arguments.get(i + 1));
            switch (name) {
                case "--sessions" -> sessions = Math.toIntExact(number);
                case "--seed" -> seed = number;
                default -> throw new IllegalArgumentException("expected --sessions or --seed, got " + name);
            }
        }
        return new SoakRequest(sessions, seed);
    }
}
