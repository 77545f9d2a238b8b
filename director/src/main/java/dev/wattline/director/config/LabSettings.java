package dev.wattline.director.config;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who may do what in the lab. With neither names nor tokens only this machine may.
 *
 * @param ops names of tokens or certificates that may start, stop and reserve
 * @param view names that may look
 * @param tokens the token by each name; an agent's name is its machine's
 * @param wired the machine that the analyzers measure; empty if nobody has said
 * @param plain whether agents and ops may come from other machines without TLS
 */
public record LabSettings(
        List<String> ops, List<String> view, SortedMap<String, String> tokens, Optional<String> wired, boolean plain) {
    public LabSettings {
        ops = List.copyOf(ops);
        view = List.copyOf(view);
        tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
    }

    @Override
    public String toString() { // the tokens belong into no log
        return "LabSettings[ops=" + ops + ", view=" + view + ", tokens=" + tokens.keySet() + ", wired=" + wired
                + ", plain=" + plain + "]";
    }
}
