package dev.wattline.agent.config;

import dev.wattline.model.IoErrors;
import dev.wattline.model.NearestName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A file of YAML without anchors, aliases and tags, every scalar of which is the text that it is: {@code on} is the word on
 * and {@code 010} these three digits. What is wrong with it is gathered, each with line and column, and told at once.
 */
public final class YamlDocument {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,6})(s|m|h)?");
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 20;

    private final Path file;
    private final List<String> problems = new ArrayList<>();
    private final IdentityHashMap<Map<String, Node>, Node> places = new IdentityHashMap<>(); // of mappings

    public YamlDocument(Path file) {
        this.file = file;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /**
     * Ends reading.
     *
     * @throws ConfigProblemsException if anything was wrong
     */
    public void requireNoProblems(String remedy) {
        if (!problems.isEmpty()) {
            throw new ConfigProblemsException(problems, remedy);
        }
    }

    /** What is wrong so far. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** What the file holds; empty if that cannot be had, which is among the problems then. */
    public Optional<Node> root() {
        try {
            Set<PosixFilePermission> may = Files.getPosixFilePermissions(file.toRealPath());
            if (may.contains(PosixFilePermission.OTHERS_WRITE)) {
                problems.add(file + ": may be written by everybody, who could have any command run: chmod o-w " + file);
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES) {
                problems.add(file + ": is larger than 1 MiB");
                return Optional.empty();
            }
            String text = text(Files.readAllBytes(file));
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            options.setNestingDepthLimit(MAX_DEPTH);
            // Not by the class Yaml, which loads all that makes objects of nodes: an agent that waits would keep it in
            // memory.
            Parser events = new ParserImpl(new StreamReader(new StringReader(text)), options);
            for (Event event = events.getEvent(); event != null; event = events.getEvent()) {
                if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
                    problem(event.getStartMark(), "anchors and aliases are not taken: write the value twice");
                    return Optional.empty();
                }
            }
            Node root = new Composer(
                            new ParserImpl(new StreamReader(new StringReader(text)), options), new Resolver(), options)
                    .getSingleNode();
            if (root == null) {
                problems.add(file + ": is empty");
            }
            return Optional.ofNullable(root);
        } catch (MarkedYAMLException e) {
            problem(e.getProblemMark(), String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            problems.add(file + ": is no YAML: " + e.getMessage());
        } catch (IOException e) {
            String why = IoErrors.of(e);
            problems.add(file + ": " + (why.startsWith("is not in UTF-8") ? why : "cannot be read: " + why));
        } catch (UnsupportedOperationException e) {
            problems.add(file + ": this system does not tell who may write it");
        }
        return Optional.empty();
    }

    private static String text(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
        String good = out.flip().toString();
        if (result.isError()) {
            int line = (int) good.chars().filter(one -> one == '\n').count() + 1;
            int column = good.length() - good.lastIndexOf('\n');
            throw new IOException(
                    "is not in UTF-8 from line " + line + ", column " + column + " on: save it in that encoding");
        }
        return good;
    }

    /** Notes what is wrong with the file as a whole. */
    void problem(String what) {
        problems.add(what);
    }

    /** Notes what is wrong with a node. */
    public void problem(Node at, String what) {
        problem(at.getStartMark(), what);
    }

    private void problem(@Nullable Mark at, String what) {
        problems.add(
                at == null
                        ? file + ": " + what
                        : file + ", line " + (at.getLine() + 1) + ", column " + (at.getColumn() + 1) + ": " + what);
    }

    /** A mapping with words as keys, in the order of the file. */
    public Map<String, Node> map(Node node, String where) {
        Map<String, Node> all = new LinkedHashMap<>();
        places.put(all, node);
        if (!(node instanceof MappingNode mapping)) {
            problem(node, (where.isEmpty() ? "the file" : where) + ": expected keys with values");
            return all;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problem(tuple.getKeyNode(), where + ": expected a word as key");
            } else if (all.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                problem(key, (where.isEmpty() ? "" : where + ": ") + "the key " + key.getValue() + " is there twice");
            }
        }
        return all;
    }

    /** Notes each key that is none of these. */
    public void known(Map<String, Node> map, String where, String... keys) {
        map.forEach((key, node) -> {
            if (!List.of(keys).contains(key)) {
                problem(
                        node,
                        (where.isEmpty() ? "" : where + ": ") + "unknown key " + key
                                + NearestName.question(key, List.of(keys)) + "; expected some of "
                                + String.join(", ", keys));
            }
        });
    }

    /** A mapping whose keys are names that somebody gave. */
    public Map<String, Node> named(@Nullable Node node, String where) {
        Map<String, Node> all = node == null ? new LinkedHashMap<>() : map(node, where);
        all.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || name.contains("..") || name.endsWith(".")) {
                problem(
                        value,
                        where + ": expected a name of small letters, digits, '.', '_' and '-', got '" + name + "'");
            }
        });
        return all;
    }

    /** A text; empty if it is not there. */
    public String text(Map<String, Node> map, String key, String where, boolean required) {
        Node node = map.get(key);
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        if (node != null) {
            problem(node, (where.isEmpty() ? "" : where + ": ") + key + ": expected a text");
        } else if (required) {
            String what = (where.isEmpty() ? "" : where + ": ") + "the key " + key + " is missing";
            problem(Optional.ofNullable(places.get(map)).map(Node::getStartMark).orElse(null), what);
        }
        return "";
    }

    /** A list of texts, such as program and arguments; empty if it is not there. */
    public List<String> command(@Nullable Node node, String where) {
        return list(node, where, "a list of program and arguments, such as [\"nvidia-smi\", \"-L\"]");
    }

    /** A list of texts with something in it; empty if it is not there, or not as is expected. */
    public List<String> list(@Nullable Node node, String where, String expected) {
        List<String> words = new ArrayList<>();
        if (!(node instanceof SequenceNode list) || list.getValue().isEmpty()) {
            if (node != null) {
                problem(node, where + ": expected " + expected);
            }
            return words;
        }
        for (Node word : list.getValue()) {
            if (word instanceof ScalarNode scalar) {
                words.add(scalar.getValue());
            } else {
                problem(word, where + ": expected a text");
            }
        }
        return words;
    }

    /** A regular expression. */
    public Pattern pattern(ScalarNode node, String where) {
        try {
            return Pattern.compile(node.getValue());
        } catch (PatternSyntaxException e) {
            problem(node, where + ": " + e.getDescription());
            return Pattern.compile("");
        }
    }

    /** A time such as 5s, 2m or 1h. */
    public Duration duration(Map<String, Node> map, String key, String where, Duration absent) {
        Node node = map.get(key);
        if (node == null) {
            return absent;
        }
        return duration(node, where + "." + key).orElse(absent);
    }

    private Optional<Duration> duration(Node node, String where) {
        Matcher matcher = SECONDS.matcher(node instanceof ScalarNode text ? text.getValue() : "");
        if (!matcher.matches()) {
            problem(node, where + ": expected a time such as 5s, 2m or 1h");
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                "m".equals(matcher.group(2))
                        ? Duration.ofMinutes(number)
                        : "h".equals(matcher.group(2)) ? Duration.ofHours(number) : Duration.ofSeconds(number));
    }
}
