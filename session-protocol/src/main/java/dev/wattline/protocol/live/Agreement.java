package dev.wattline.protocol.live;

import dev.wattline.protocol.ControlReply;
import dev.wattline.protocol.ControlReply.Ok;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What director and runner agreed on: the reply to {@code wattline,1[,<feature>...]} is
 * {@code OK wattline,<version>[,<feature>...][,nonce=<hex>]} with the version and the features that the director has.
 * A nonce says that the director wants {@code wattline-proof} before anything else.
 */
public record Agreement(int version, Set<Feature> features, Optional<String> nonce) {
    /** The version of the extension that this code speaks. */
    public static final int VERSION = 1;

    private static final String NONCE = "nonce=";

    public Agreement {
        features = Set.copyOf(features);
    }

    /** The director's reply. */
    public ControlReply reply() {
        List<String> fields = new ArrayList<>(List.of("wattline", Integer.toString(version)));
        fields.addAll(Feature.words(features));
        nonce.ifPresent(hex -> fields.add(NONCE + hex));
        return new Ok(String.join(",", fields));
    }

    /** Reads the reply; empty if the peer refused, as every director but ours does. */
    public static Optional<Agreement> of(ControlReply reply) {
        if (!(reply instanceof Ok ok)) {
            return Optional.empty();
        }
        List<String> fields = List.of(ok.rest().split(",", -1));
        if (fields.size() < 2
                || !fields.get(0).equals("wattline")
                || !fields.get(1).matches("[1-9][0-9]{0,3}")) {
            return Optional.empty();
        }
        List<String> words = fields.subList(2, fields.size());
        Optional<String> nonce = words.stream()
                .filter(word -> word.startsWith(NONCE))
                .map(word -> word.substring(NONCE.length()))
                .findFirst();
        return Optional.of(new Agreement(Integer.parseInt(fields.get(1)), Feature.ofWords(words), nonce));
    }
}
