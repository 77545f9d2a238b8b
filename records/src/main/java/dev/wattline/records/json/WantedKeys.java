package dev.wattline.records.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that somebody wants to know of each line, as a tree of their parts. Once it is made, safe for use by several threads. */
final class WantedKeys {
    private final List<WantedKeys> children = new ArrayList<>();
    private final byte[] name;
    private int[] slots = {};

    private WantedKeys(byte[] name) {
        this.name = name;
    }

    /** @param keys dotted where they are in an object; a key's place in the list is its value's in the row */
    static WantedKeys of(List<String> keys) {
        WantedKeys root = new WantedKeys(new byte[0]);
        for (int slot = 0; slot < keys.size(); slot++) {
            WantedKeys node = root;
            for (String part : keys.get(slot).split("\\.", -1)) {
                node = node.childOrNew(part.getBytes(StandardCharsets.UTF_8));
            }
            node.slots = Arrays.copyOf(node.slots, node.slots.length + 1);
            node.slots[node.slots.length - 1] = slot;
        }
        return root;
    }

    private WantedKeys childOrNew(byte[] part) {
        WantedKeys known = child(part, 0, part.length);
        if (known == null) {
            known = new WantedKeys(part);
            children.add(known);
        }
        return known;
    }

    /** The wanted key below this one that these bytes name; null if nobody wants it. */
    @Nullable
    WantedKeys child(byte[] bytes, int from, int length) {
        for (int i = 0; i < children.size(); i++) {
            WantedKeys child = children.get(i);
            if (child.name.length == length
                    && (length == 0 || child.name[0] == bytes[from])
                    && Arrays.equals(child.name, 0, length, bytes, from, from + length)) {
                return child;
            }
        }
        return null;
    }

    /** The same of a text. */
    @Nullable
    WantedKeys child(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        return child(bytes, 0, bytes.length);
    }

    /** Puts a value to its places in a row. */
    void put(String value, @Nullable String[] row) {
        for (int slot : slots) {
            row[slot] = value;
        }
    }
}
