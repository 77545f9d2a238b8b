package dev.wattline.mock.ptd;

import java.util.List;

/** A line from a client: a name and its arguments, separated by commas, without blanks or quotes. */
record Command(String name, List<String> args) {
    Command {
        args = List.copyOf(args);
    }

    static Command parse(String line) {
        List<String> parts = List.of(line.split(",", -1));
        return new Command(parts.get(0), parts.subList(1, parts.size()));
    }
}
