package dev.wattline.ledger.read.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Precision, batch and power limit of a result, as its submission states them outside of the session: {@code
 * measurements/SYSTEM/BENCHMARK/SCENARIO/*.json} has the weights' data type, the configurations of the harness that many
 * submissions share have batch and limit. Only a configuration of exactly this system, benchmark, scenario, target and
 * power setting counts, and only numbers that it holds as such.
 *
 * @param precision data types of the weights; empty if they are not stated
 * @param batch samples or requests at a time; null if not stated
 * @param batchFile the file of the batch relative to the tree; empty without one
 * @param limitWatts power limit of a card, W; null if not stated
 * @param limitFile the file of the limit relative to the tree; empty without one
 */
public record SubmissionSettings(
        String precision,
        @Nullable Double batch,
        String batchFile,
        @Nullable Double limitWatts,
        String limitFile) {
    /** Nothing is stated. */
    public static final SubmissionSettings NONE = new SubmissionSettings("", null, "", null, "");

    private static final Pattern PRECISION = Pattern.compile("\"weight_data_types\"\\s*:\\s*\"([^\"]{1,40})\"");
    private static final Pattern TARGET = Pattern.compile("-(99(?:\\.9)?)$");
    private static final Pattern CLASS = Pattern.compile("(?m)^class (\\w+)\\((\\w*)[^)]*\\):");
    private static final Pattern REGISTERED = Pattern.compile("(?m)^@ConfigRegistry\\.register\\(([^)]*)\\)");
    private static final Pattern WORKLOAD =
            Pattern.compile("WorkloadSetting\\([^()]*AccuracyTarget\\(([0-9.]+)\\)[^()]*PowerSetting\\.(\\w+)[^()]*\\)"
                    + "\\s*:\\s*(\\w+|\\{)");
    private static final Pattern BATCH = value("gpu_batch_size");
    private static final Pattern LIMIT = value("power_limit");
    private static final Pattern ENTRY = Pattern.compile("['\"]([^'\"]+)['\"]\\s*:\\s*(\\d+)");
    private static final long LARGEST = 1 << 20;

    /** What the block of a configuration sets; a number, or a number a model. */
    private record Block(@Nullable String batch, @Nullable String limit) {}

    private static Pattern value(String name) {
        return Pattern.compile("(?m)^\\s+(?:\\w+\\.)?" + name + "\\s*[:=]\\s*(\\d+\\b|\\{[^{}]*\\})");
    }

    /** What the submission of a place states. What cannot be read states nothing. */
    public static SubmissionSettings of(Path tree, ResultPlace place) {
        if (place.benchmark().isEmpty() || place.scenario().isEmpty()) {
            return NONE;
        }
        Path organization = tree.resolve(place.division()).resolve(place.organization());
        String precision = precision(organization
                .resolve("measurements")
                .resolve(place.system())
                .resolve(place.benchmark())
                .resolve(place.scenario()));
        Path configs = organization.resolve("configs");
        if (!Files.isDirectory(configs)) {
            return new SubmissionSettings(precision, null, "", null, "");
        }
        String model = TARGET.matcher(place.benchmark()).replaceFirst("");
        for (Path file : files(configs, place, model)) {
            Optional<Block> block = block(text(file), file, configs, place);
            if (block.isPresent()) {
                String name = slashes(tree.relativize(file));
                Double batch = number(block.get().batch(), model);
                Double limit = number(block.get().limit(), model);
                return new SubmissionSettings(
                        precision, batch, batch == null ? "" : name, limit, limit == null ? "" : name);
            }
        }
        return new SubmissionSettings(precision, null, "", null, "");
    }

    private static String precision(Path folder) {
        for (Path file : list(folder)) {
            if (file.toString().endsWith(".json")) {
                Matcher stated = PRECISION.matcher(text(file));
                if (stated.find()) {
                    return stated.group(1).strip();
                }
            }
        }
        return "";
    }

    /** {@code BENCHMARK/SCENARIO/*.py} up to v5.0, {@code SYSTEM/SCENARIO/BENCHMARK.py} since v5.1. */
    private static List<Path> files(Path configs, ResultPlace place, String model) {
        List<Path> found = new ArrayList<>();
        for (Path first : list(configs)) {
            boolean ofModel = same(first, model) || same(first, place.benchmark());
            if (ofModel || plain(String.valueOf(first.getFileName())).equals(system(place, false))) {
                for (Path second : list(first)) {
                    if (same(second, place.scenario())) {
                        list(second).stream()
                                .filter(file -> file.toString().endsWith(".py"))
                                .filter(file -> ofModel || same(file, model + ".py"))
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    private static boolean same(Path file, String name) {
        return plain(String.valueOf(file.getFileName())).equals(plain(name));
    }

    private static Optional<Block> block(String text, Path file, Path configs, ResultPlace place) {
        return plain(String.valueOf(configs.relativize(file).getName(0))).equals(system(place, false))
                ? ofWorkload(text, place)
                : ofClass(text, place);
    }

    /** The dictionary of the target and the power setting in {@code EXPORTS}. */
    private static Optional<Block> ofWorkload(String text, ResultPlace place) {
        Matcher workload = WORKLOAD.matcher(text);
        while (workload.find()) {
            boolean sameTarget = high(place) == workload.group(1).equals("0.999");
            if (sameTarget && workload.group(2).equals(isMaxQ(place) ? "MaxQ" : "MaxP")) {
                int from = workload.end();
                if (!workload.group(3).equals("{")) {
                    Matcher named = Pattern.compile("(?m)^" + workload.group(3) + "\\s*=\\s*\\{")
                            .matcher(text);
                    if (!named.find()) {
                        return Optional.empty();
                    }
                    from = named.end();
                }
                return Optional.of(values(text.substring(from, end(text, from))));
            }
        }
        return Optional.empty();
    }

    /** Where the brace that was opened before a place is closed. */
    private static int end(String text, int from) {
        int depth = 1;
        for (int i = from; i < text.length(); i++) {
            char letter = text.charAt(i);
            depth += letter == '{' ? 1 : letter == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    /** The class of the system, registered for the target and the power setting, with what it inherits. */
    private static Optional<Block> ofClass(String text, ResultPlace place) {
        record Config(String parent, Block block) {}
        Map<String, Config> classes = new LinkedHashMap<>();
        String wanted = "";
        Matcher found = CLASS.matcher(text);
        List<int[]> places = new ArrayList<>();
        while (found.find()) {
            places.add(new int[] {found.start(), found.end()});
        }
        for (int i = 0; i < places.size(); i++) {
            int last = i + 1 < places.size() ? places.get(i + 1)[0] : text.length();
            Matcher head = CLASS.matcher(text.substring(places.get(i)[0], places.get(i)[1]));
            if (!head.find()) {
                continue;
            }
            String name = head.group(1);
            classes.put(name, new Config(head.group(2), values(text.substring(places.get(i)[1], last))));
            String before = text.substring(i == 0 ? 0 : places.get(i - 1)[1], places.get(i)[0]);
            if (plain(name).replace("highaccuracy", "").equals(system(place, true)) && isRegistered(before, place)) {
                wanted = name;
            }
        }
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        String batch = null;
        String limit = null;
        String name = wanted;
        for (int depth = 0; depth < classes.size() && classes.containsKey(name); depth++) {
            Config config = java.util.Objects.requireNonNull(classes.get(name));
            batch = batch == null ? config.block().batch() : batch;
            limit = limit == null ? config.block().limit() : limit;
            name = config.parent();
        }
        return Optional.of(new Block(batch, limit));
    }

    private static boolean isRegistered(String before, ResultPlace place) {
        Matcher registered = REGISTERED.matcher(before);
        boolean fits = false;
        while (registered.find()) {
            String words = registered.group(1);
            fits |= words.contains(isMaxQ(place) ? "MaxQ" : "MaxP") && words.contains("k_99_9") == high(place);
        }
        return fits;
    }

    private static Block values(String text) {
        Matcher batch = BATCH.matcher(text);
        Matcher limit = LIMIT.matcher(text);
        return new Block(batch.find() ? batch.group(1) : null, limit.find() ? limit.group(1) : null);
    }

    /** A number, or that of the model where several parts of it have numbers; null where they have different ones. */
    private static @Nullable Double number(@Nullable String value, String model) {
        if (value == null) {
            return null;
        }
        if (!value.startsWith("{")) {
            return Double.valueOf(value);
        }
        List<String> distinct = new ArrayList<>();
        Matcher entry = ENTRY.matcher(value);
        while (entry.find()) {
            if (plain(entry.group(1)).equals(plain(model))) {
                return Double.valueOf(entry.group(2));
            }
            if (!distinct.contains(entry.group(2))) {
                distinct.add(entry.group(2));
            }
        }
        return distinct.size() == 1 ? Double.valueOf(distinct.get(0)) : null;
    }

    private static boolean high(ResultPlace place) {
        return place.benchmark().endsWith("99.9");
    }

    private static boolean isMaxQ(ResultPlace place) {
        return plain(place.system()).contains("maxq");
    }

    /** The name of the system's folder without what names the runtime, and without the power setting if so asked. */
    private static String system(ResultPlace place, boolean withSetting) {
        List<String> words = new ArrayList<>();
        for (String word : place.system().split("[^A-Za-z0-9]+")) {
            String lower = word.toLowerCase(Locale.ROOT);
            if (!lower.equals("trt") && (withSetting || !(lower.equals("maxq") || lower.equals("maxp")))) {
                words.add(lower);
            }
        }
        return String.join("", words);
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    private static String slashes(Path path) {
        return path.toString().replace('\\', '/');
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LARGEST
                    ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException e) {
            return "";
        }
    }
}
