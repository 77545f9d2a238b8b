package dev.wattline.protocol.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of unasked line that a client may opt in to; each is asked for by its own word. */
public enum Feature {
    /** A line every 3 s between a request that takes long and its reply. */
    PROGRESS,
    /** The analyzers' watts while a phase runs; it wakes the SUT, so a runner asks for it only where someone watches. */
    LIVE,
    /** What the director finds while a phase runs: a lost PTDaemon, a failing live check, a gap of its own. */
    EVENTS;

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The feature with this word; empty for one that only a newer peer knows. */
    public static Optional<Feature> ofWord(String word) {
        for (Feature feature : values()) {
            if (feature.word().equals(word)) {
                return Optional.of(feature);
            }
        }
        return Optional.empty();
    }

    /** The features among these words; unknown ones are left out. */
    public static Set<Feature> ofWords(Collection<String> words) {
        EnumSet<Feature> features = EnumSet.noneOf(Feature.class);
        words.forEach(word -> ofWord(word).ifPresent(features::add));
        return features;
    }

    /** The words of these features in the order of their declaration. */
    public static List<String> words(Collection<Feature> features) {
        List<String> words = new ArrayList<>();
        for (Feature feature : values()) {
            if (features.contains(feature)) {
                words.add(feature.word());
            }
        }
        return words;
    }
}
