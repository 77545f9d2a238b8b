package dev.wattline.ledger.hardware;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Accelerators: tables spell one card in many ways. The names, patterns and design powers with their sources stand in
 * {@code accelerators.txt} beside this class.
 */
public final class Accelerators {
    private static final String RESOURCE = "accelerators.txt";
    private static final Pattern STATED =
            Pattern.compile("(?i)\\b(?:TDP|TGP|limit(?:ed)? to)[: ]*(\\d{2,4}) ?W\\b|\\b(\\d{2,4}) ?W\\b");
    private static final Pattern OTHERS = Pattern.compile("[^\\p{L}\\p{N}]");

    private static final int MOST_SPELLINGS = 10_000;

    /**
     * An accelerator.
     *
     * @param name canonical: card, form factor and memory as far as the pattern tells them
     * @param designWatts thermal design power of a card in W; null if it is not known
     * @param source where the power is from
     */
    public record Accelerator(String name, @Nullable Double designWatts, String source) {}

    private record Entry(Accelerator accelerator, Pattern pattern) {}

    private Accelerators() {}

    /** The accelerator that a spelling means; empty if it is not known or there is none. */
    public static Optional<Accelerator> of(String spelling) {
        Optional<Accelerator> known = Loaded.SPELLINGS.get(spelling);
        if (known != null) {
            return known;
        }
        Optional<Accelerator> found = find(spelling);
        if (Loaded.SPELLINGS.size() < MOST_SPELLINGS) {
            Loaded.SPELLINGS.put(spelling, found);
        }
        return found;
    }

    private static Optional<Accelerator> find(String spelling) {
        String plain = OTHERS.matcher(spelling.toLowerCase(Locale.ROOT)).replaceAll("");
        for (Entry entry : Loaded.ENTRIES) {
            if (entry.pattern.matcher(plain).find()) {
                return Optional.of(entry.accelerator);
            }
        }
        return Optional.empty();
    }

    /** The canonical name of a spelling; the spelling itself, stripped, if it is not known. */
    public static String name(String spelling) {
        return of(spelling).map(Accelerator::name).orElse(spelling.strip());
    }

    /**
     * A power of a card that the name states, such as {@code H100-PCIe (TDP: 310W)}: it wins over the data sheet.
     *
     * @return W; empty if there is none
     */
    public static Optional<Double> stated(String spelling) {
        Matcher matcher = STATED.matcher(spelling);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String watts = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return Optional.of(Double.valueOf(watts));
    }

    /** The power that a card is made or limited for, in W: the stated one, else the data sheet's; empty if neither is known. */
    public static Optional<Double> designWatts(String spelling) {
        return stated(spelling).or(() -> of(spelling).map(Accelerator::designWatts));
    }

    private static final class Loaded {
        static final List<Entry> ENTRIES = load();
        /** What was looked up: a table of a million rows has a hundred spellings. */
        static final Map<String, Optional<Accelerator>> SPELLINGS = new ConcurrentHashMap<>();

        private static List<Entry> load() {
            List<Entry> entries = new ArrayList<>();
            try (InputStream in = Accelerators.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the build lacks " + RESOURCE);
                }
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        entries.add(entry(line));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.copyOf(entries);
        }

        private static Entry entry(String line) {
            String[] cells = line.split("(?<!\\\\)\\|"); // a pattern writes its own bar as \|
            if (cells.length != 4) {
                throw new IllegalStateException(RESOURCE + ": expected four cells, got: " + line);
            }
            String watts = cells[1].strip();
            return new Entry(
                    new Accelerator(
                            cells[0].strip(), watts.equals("-") ? null : Double.valueOf(watts), cells[3].strip()),
                    Pattern.compile(cells[2].strip().replace("\\|", "|")));
        }
    }
}
