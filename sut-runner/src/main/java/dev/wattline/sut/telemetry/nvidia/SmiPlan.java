package dev.wattline.sut.telemetry.nvidia;

import dev.wattline.files.TelemetryMeta.Card;
import dev.wattline.model.process.ShortProgram.Result;
import dev.wattline.sut.SutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What to ask nvidia-smi for on this machine, found by asking it: the fields that it knows and that at least one card
 * answers, the cards, the driver, how often, and what a user is to know of the cards.
 */
record SmiPlan(
        List<String> command,
        List<String> fields,
        List<Card> cards,
        String driver,
        Duration interval,
        List<String> notes) {
    /** Queries that a program may refuse one field of, before it is taken for broken. */
    private static final int TRIALS = 20;

    SmiPlan {
        notes = List.copyOf(notes);
        command = List.copyOf(command);
        fields = List.copyOf(fields);
        cards = List.copyOf(cards);
    }

    /**
     * Probes.
     *
     * @param name nvidia-smi, by name or path
     * @param givenInterval between two rows; empty to let the cards' sensors decide
     * @throws SutException if there is no nvidia-smi, or no card that it can read
     */
    static SmiPlan probe(String name, Optional<Duration> givenInterval) {
        SmiProgram program = SmiProgram.find(name);
        Result help = program.ask("--help-query-gpu");
        List<String> known = SmiFields.choose(help.output());
        if (!known.contains("timestamp") || known.stream().noneMatch(field -> field.startsWith("power.draw"))) {
            throw new SutException(
                    name + " --help-query-gpu names no fields for time and power: exit status " + help.status()
                            + ", it said: " + help.said(),
                    "Check by hand that it runs.");
        }
        List<String> fields = new ArrayList<>(known);
        List<List<String>> rows = trial(program, fields);
        List<String> answered = IntStream.range(0, fields.size())
                .filter(i -> rows.stream().anyMatch(row -> isAnswer(row.get(i))))
                .mapToObj(fields::get)
                .toList();
        boolean averaged = fields.contains(SmiFields.AVERAGE)
                && rows.stream().allMatch(row -> isNumber(row.get(fields.indexOf(SmiFields.AVERAGE))));
        List<Card> cards = cards(fields, rows);
        Duration interval = givenInterval.orElseGet(
                () -> SamplingInterval.of(cards.stream().map(Card::name).toList(), averaged));
        List<String> arguments = List.of(
                "--query-gpu=" + String.join(",", answered),
                "--format=csv,nounits",
                "-lms",
                Long.toString(interval.toMillis()));
        return new SmiPlan(
                program.command(arguments),
                answered,
                cards,
                driver(program),
                interval,
                divided(program, help.output()));
    }

    /** One row a card; fields that the program lists in its help but refuses are taken out. */
    private static List<List<String>> trial(SmiProgram program, List<String> fields) {
        for (int i = 0; i < TRIALS; i++) {
            Result answer = program.ask("--query-gpu=" + String.join(",", fields), "--format=csv,noheader,nounits");
            if (!fields.remove(SmiProgram.refused(answer))) {
                return rows(answer, fields.size());
            }
        }
        throw new SutException("nvidia-smi refuses one field after the other", "Check by hand that it runs.");
    }

    private static List<List<String>> rows(Result answer, int columns) {
        List<List<String>> rows = answer.lines().stream()
                .map(line -> List.of(line.split(", ", -1)))
                .toList();
        boolean regular = rows.stream().allMatch(row -> row.size() == columns);
        if (answer.status() != 0 || rows.isEmpty() || !regular) {
            throw new SutException(
                    "nvidia-smi cannot read the cards: exit status " + answer.status() + ", it said: " + answer.said(),
                    "Check by hand that 'nvidia-smi' lists the cards.");
        }
        return rows;
    }

    private static List<Card> cards(List<String> fields, List<List<String>> rows) {
        List<Card> cards = new ArrayList<>();
        for (List<String> row : rows) {
            String index = cell(fields, row, "index");
            cards.add(new Card(
                    index.matches("\\d{1,4}") ? Integer.parseInt(index) : cards.size(),
                    cell(fields, row, "uuid"),
                    cell(fields, row, "name")));
        }
        return cards;
    }

    private static String cell(List<String> fields, List<String> row, String field) {
        int at = fields.indexOf(field);
        return at < 0 ? "" : row.get(at);
    }

    /** What is to be said of cards that are divided into instances. */
    private static List<String> divided(SmiProgram program, String help) {
        if (!SmiFields.knows(help, SmiFields.MIG)) {
            return List.of();
        }
        Result answer = program.ask("--query-gpu=index," + SmiFields.MIG, "--format=csv,noheader");
        List<String> cards = answer.lines().stream()
                .filter(line -> line.strip().endsWith(", Enabled"))
                .map(line -> line.strip().split(",", 2)[0])
                .toList();
        return cards.isEmpty()
                ? List.of()
                : List.of("GPU " + String.join(", ", cards) + (cards.size() == 1 ? " is" : " are")
                        + " divided into instances (MIG): the power is that of the whole card, all instances together,"
                        + " and its utilisation is not told");
    }

    private static String driver(SmiProgram program) {
        Result answer = program.ask("--query-gpu=driver_version", "--format=csv,noheader");
        return answer.status() == 0 ? answer.lines().stream().findFirst().orElse("") : "";
    }

    /** Whether a cell holds a value: {@code [N/A]}, {@code [Not Supported]} and their kin are in brackets. */
    private static boolean isAnswer(String cell) {
        return !cell.isBlank() && !cell.startsWith("[") && !cell.equals("N/A");
    }

    private static boolean isNumber(String cell) {
        return cell.matches("\\d+(\\.\\d+)?");
    }
}
