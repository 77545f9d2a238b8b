package dev.wattline.ledger.figure;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.wattline.ledger.figure.FigureContent.Group;
import dev.wattline.ledger.figure.FigureContent.Groups;
import dev.wattline.ledger.figure.FigureContent.Workload;
import dev.wattline.ledger.figure.FigureContent.Workloads;
import dev.wattline.ledger.figure.PaperFigure.Difference;
import dev.wattline.ledger.figure.PaperFigure.Side;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Figures 7, 9 and 11a: values of single submissions, looked up in the tables. */
final class LookupFigures {
    private static final String DATACENTER_ID = "4.0-0063";
    private static final String STATED_TINY_ID = "1.2-0004";
    private static final String TINY_ID = "1.0-9002";
    private static final double MICRO = 1e-6;

    private static final String EFFICIENCY = "efficiency";
    private static final String PERFORMANCE = "performance";
    private static final String POWER = "power";

    /** What the paper's script plots in figure 9, by round. */
    private static final Map<String, Double> PLOTTED_9 =
            linked("v1.0", 0.495, "v1.1", 0.489, "v2.0", 0.483, "v2.1", 0.504, "v3.1", 0.798, "v4.0", 0.854);

    private static final Map<String, String> STATED_9 = linked(
            "v1.0",
            "1.0-73",
            "v1.1",
            "1.1-048",
            "v2.0",
            "2.0-095",
            "v2.1",
            "2.1-0089",
            "v3.1",
            "3.1-0109",
            "v4.0",
            "4.0-0063");

    private static final Map<String, String> USED_9 =
            linked("v1.1", "1.1-051", "v2.0", "2.0-098", "v2.1", "2.1-0085", "v3.1", "3.1-0113", "v4.0", "4.0-0063");

    private static final Map<String, String> STATED_11 =
            linked("v1.1", "1.1-124", "v2.0", "2.0-132", "v3.0", "3.0-0101", "v3.1", "3.1-0127");

    private static final Map<String, String> USED_11 =
            linked("v1.1", "1.1-056", "v2.0", "2.0-035", "v3.0", "3.0-0092", "v3.1", "3.1-0123");

    /** What the paper's script plots in figure 11a, by round: efficiency, performance, power. */
    private static final Map<String, List<Double>> PLOTTED_11 = linked(
            "v1.1", List.of(1.0, 1.0, 1.0),
            "v2.0", List.of(1.097595568, 0.9118800273, 0.83079784),
            "v3.0", List.of(1.136507966, 0.9644309686, 0.8485914729),
            "v3.1", List.of(1.277909616, 0.9875033259, 0.7727489591));

    private final FigureSources sources;

    LookupFigures(FigureSources sources) {
        this.sources = sources;
    }

    @SuppressWarnings("unchecked") // called with names and values of one type
    private static <V> Map<String, V> linked(Object... entries) {
        Map<String, V> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            map.put((String) entries[i], (V) entries[i + 1]);
        }
        return map;
    }

    private Optional<Pair> pair(List<Value> values, String id, String model, String scenario) {
        List<Value> fitting = values.stream()
                .filter(value -> value.id().equals(id) && value.scenario().equals(scenario))
                .filter(value -> value.modelKey().equals(Value.key(model)))
                .toList();
        return Pair.matched(fitting, Value::isRate, Value::isWatts).stream().findFirst();
    }

    PaperFigure workloads() {
        List<Value> datacenter = sources.paper("datacenter");
        List<Value> tiny = sources.tiny();
        List<Workload> published = new ArrayList<>();
        List<Workload> strict = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        try (InputStream in = LookupFigures.class.getResourceAsStream("workloads.csv")) {
            if (in == null) {
                throw new IllegalStateException("the build lacks workloads.csv");
            }
            for (NamedCsvRecord row :
                    CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                boolean isTiny = row.getField("scale").equals("Tiny");
                Optional<Workload> asPlotted = isTiny
                        ? Optional.of(workload(
                                row,
                                Double.parseDouble(row.getField("publishedMicrojoules")) * MICRO,
                                "a constant in the script"))
                        : joules(row, datacenter, row.getField("scenario"));
                Optional<Workload> right = isTiny ? tiny(row, tiny) : joules(row, datacenter, "offline");
                asPlotted.ifPresent(published::add);
                right.ifPresent(strict::add);
                if (asPlotted.isPresent() && right.isPresent()) {
                    differ(differences, asPlotted.get(), right.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean any = published.stream().anyMatch(workload -> workload.scale().equals("Datacenter"));
        return new PaperFigure(
                "7",
                "Energy and operations of a sample",
                "Datacenter: watts over samples a second of " + DATACENTER_ID
                        + ", Offline; Tiny: energy of an inference of"
                        + " one submission. Multiply-accumulate operations (MAC) are constants of the paper.",
                any
                        ? new Side(
                                new Workloads(published),
                                published.size() + " workloads",
                                List.of(
                                        "Llama2 is the Server result, times " + (int) TrendFigures.TOKENS_PER_SAMPLE
                                                + " tokens a sample.",
                                        "The Tiny values are those of " + TINY_ID + ", not of " + STATED_TINY_ID
                                                + " as stated, and are constants in the script."),
                                List.of())
                        : null,
                strict.isEmpty()
                        ? null
                        : new Side(
                                new Workloads(strict),
                                strict.size() + " workloads",
                                List.of(
                                        "All datacenter values are Offline. Llama2's tokens a sample, "
                                                + (int) TrendFigures.TOKENS_PER_SAMPLE
                                                + ", are the paper's; the table has tokens/s"
                                                + " only.",
                                        "Tiny: the energies of " + TINY_ID + " in the table."),
                                List.of()),
                null,
                any ? differences : List.of());
    }

    private static Workload workload(NamedCsvRecord row, double joules, String source) {
        return new Workload(
                row.getField("workload"),
                row.getField("scale"),
                row.getField("kind"),
                joules,
                Double.parseDouble(row.getField("macs")),
                source);
    }

    private Optional<Workload> joules(NamedCsvRecord row, List<Value> values, String scenario) {
        return pair(values, DATACENTER_ID, row.getField("model"), scenario)
                .map(pair -> workload(
                        row,
                        (pair.performance().isTokens() ? TrendFigures.TOKENS_PER_SAMPLE : 1)
                                * pair.power().number()
                                / pair.performance().number(),
                        pair.performance().where() + " / " + pair.power().where()));
    }

    private static Optional<Workload> tiny(NamedCsvRecord row, List<Value> values) {
        return values.stream()
                .filter(value -> value.id().equals(TINY_ID) && value.isMicrojoules())
                .filter(value -> value.modelKey().equals(Value.key(row.getField("model"))))
                .findFirst()
                .map(value -> workload(row, value.number() * MICRO, value.where()));
    }

    private static void differ(List<Difference> differences, Workload published, Workload strict) {
        double ratio = strict.joulesPerSample() / published.joulesPerSample();
        if (Math.abs(ratio - 1) > 1e-9) {
            differences.add(new Difference(
                    published.name() + ", J/sample",
                    published.joulesPerSample(),
                    strict.joulesPerSample(),
                    published.scale().equals("Datacenter")
                            ? "the Server result instead of Offline"
                            : Math.abs(ratio - 1) > 1e-3
                                    ? "a slip in the constant: " + TINY_ID + " has " + strict.joulesPerSample() / MICRO
                                            + " uJ"
                                    : "a rounded constant"));
        }
    }

    PaperFigure quantization() {
        List<Value> values = sources.paper("datacenter");
        List<Group> published = new ArrayList<>();
        PLOTTED_9.forEach((version, value) -> published.add(new Group(
                version,
                USED_9.getOrDefault(version, ""),
                "",
                linked("BERT-99.0", 1.0, "BERT-99.9", value),
                USED_9.containsKey(version)
                        ? "a constant in the script; " + ratioText(values, USED_9.getOrDefault(version, ""))
                        : "a constant in the script; no submission of the round has it")));
        List<Group> strict = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        STATED_9.forEach((version, id) -> ratio(values, id).ifPresent(ratio -> {
            String system = pair(values, id, "bert-99.9", "offline")
                    .map(pair -> pair.power().row().machine().name())
                    .orElse("");
            strict.add(new Group(
                    version,
                    id,
                    system,
                    linked("BERT-99.0", 1.0, "BERT-99.9", ratio),
                    pair(values, id, "bert-99.9", "offline")
                            .map(pair -> pair.power().where())
                            .orElse("")));
            double plotted = PLOTTED_9.getOrDefault(version, Double.NaN);
            if (Math.abs(ratio / plotted - 1) > 1e-9) {
                differences.add(new Difference(
                        version + ", BERT-99.9 over BERT-99",
                        plotted,
                        ratio,
                        id.equals(USED_9.get(version))
                                ? "rounded to three digits"
                                : USED_9.containsKey(version)
                                        ? "plotted is the value of " + USED_9.get(version) + ", stated is " + id
                                        : "no submission of the round has the plotted value; stated is " + id));
            }
        }));
        return new PaperFigure(
                "9",
                "Efficiency of BERT-99.9 in relation to BERT-99",
                "Efficiency of BERT-99.9 over that of BERT-99, Offline, of one datacenter submission for each round.",
                new Side(
                        new Groups(List.of("BERT-99.0", "BERT-99.9"), published),
                        published.size() + " rounds",
                        List.of("The values are constants in the script; 0.483 of v2.0 is cut off, not rounded."),
                        List.of()),
                strict.isEmpty()
                        ? null
                        : new Side(
                                new Groups(List.of("BERT-99.0", "BERT-99.9"), strict),
                                strict.size() + " rounds",
                                List.of("The submissions that the paper names."),
                                List.of()),
                null,
                differences);
    }

    private String ratioText(List<Value> values, String id) {
        return ratio(values, id).map(ratio -> id + " has " + ratio).orElse(id + " is not in the tables");
    }

    private Optional<Double> ratio(List<Value> values, String id) {
        Optional<Pair> low = pair(values, id, "bert-99", "offline");
        return pair(values, id, "bert-99.9", "offline")
                .flatMap(high -> low.map(other -> high.efficiency() / other.efficiency()));
    }

    PaperFigure optimization() {
        List<Group> used = relative(sources.paper("datacenter"), USED_11);
        List<Group> published = new ArrayList<>();
        PLOTTED_11.forEach((version, plotted) -> published.add(new Group(
                version,
                USED_11.getOrDefault(version, ""),
                used.stream()
                        .filter(group -> group.version().equals(version))
                        .map(Group::system)
                        .findFirst()
                        .orElse(""),
                linked(EFFICIENCY, plotted.get(0), PERFORMANCE, plotted.get(1), POWER, plotted.get(2)),
                "a constant in the script"
                        + used.stream()
                                .filter(group -> group.version().equals(version))
                                .map(group -> "; " + group.id() + " has efficiency "
                                        + group.values().getOrDefault(EFFICIENCY, Double.NaN))
                                .findFirst()
                                .orElse(""))));
        List<Group> strict = relative(sources.paper("edge"), STATED_11);
        List<Difference> differences = new ArrayList<>();
        for (Group group : published) {
            strict.stream()
                    .filter(other -> other.version().equals(group.version()))
                    .forEach(other -> group.values().forEach((name, value) -> {
                        double right = other.values().getOrDefault(name, Double.NaN);
                        if (Math.abs(right / value - 1) > 1e-9) {
                            differences.add(new Difference(
                                    group.version() + ", " + name,
                                    value,
                                    right,
                                    "plotted is " + group.id() + " (" + group.system() + "), stated is " + other.id()
                                            + " (" + other.system() + ")"));
                        }
                    }));
        }
        return new PaperFigure(
                "11a",
                "ResNet with new software on one system",
                "ResNet Offline: performance, power and efficiency of one system in relation to its first round.",
                new Side(
                        new Groups(List.of(EFFICIENCY, PERFORMANCE, POWER), published),
                        published.size() + " rounds",
                        List.of(
                                "The values are constants in the script: those of a datacenter system with 16 accelerators, not of the edge"
                                        + " system that is named."),
                        List.of()),
                strict.isEmpty()
                        ? null
                        : new Side(
                                new Groups(List.of(EFFICIENCY, PERFORMANCE, POWER), strict),
                                strict.size() + " rounds",
                                List.of(
                                        "The edge submissions that the paper names; from v3.0 on with another accelerator,"
                                                + " QAIC100 Pro, so that more than the software changed."),
                                List.of()),
                null,
                differences);
    }

    private List<Group> relative(List<Value> values, Map<String, String> ids) {
        List<Group> groups = new ArrayList<>();
        List<Pair> first = new ArrayList<>();
        ids.forEach((version, id) -> pair(values, id, "resnet", "offline").ifPresent(pair -> {
            first.add(pair);
            Pair base = first.get(0);
            groups.add(new Group(
                    version,
                    id,
                    pair.power().row().machine().name(),
                    linked(
                            EFFICIENCY, pair.efficiency() / base.efficiency(),
                            PERFORMANCE,
                                    pair.performance().number()
                                            / base.performance().number(),
                            POWER, pair.power().number() / base.power().number()),
                    pair.performance().where() + " / " + pair.power().where()));
        }));
        return groups;
    }
}
