package dev.wattline.mock.ptd;

import dev.wattline.mock.InvalidOptionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a real PTDaemon: {@code [options] <device type> <device port>}, single-letter options with their
 * value behind a blank or glued to the letter. An option given twice has its last value.
 *
 * @param log the data log ({@code -l}); without it the rows go to standard output
 * @param port TCP port ({@code -p}); 0 for any free one, which no real PTDaemon takes
 * @param board GPIB board number ({@code -b})
 * @param channels numbers behind {@code -c}; what they mean depends on the device
 * @param dc DC mode ({@code -D})
 * @param interfaceFlag {@code g}, {@code y}, {@code n} or {@code U}; empty if none was given
 * @param debugLog {@code -d}; accepted, nothing is written to it
 * @param extendedLog whether warnings and errors also go into the data log ({@code -e})
 * @param baud baud rate ({@code -B})
 * @param type device type number
 * @param device the device's port or address
 */
public record PtdArguments(
        Optional<Path> log,
        int port,
        Optional<Integer> board,
        List<Integer> channels,
        boolean dc,
        String interfaceFlag,
        Optional<Path> debugLog,
        boolean extendedLog,
        Optional<Integer> baud,
        int type,
        String device) {
    /** The port that the harnesses use for a power analyzer. */
    public static final int DEFAULT_PORT = 8888;

    private static final String WITH_VALUE = "lpbcdB";
    private static final String FLAGS = "DgynUe";
    private static final String SYNOPSIS =
            "usage: [-l LOG] [-p PORT] [-b N] [-c CH[,CH]] [-D] [-g|-y|-n|-U] [-e] [-d FILE] [-B BAUD] TYPE DEVICE";

    public PtdArguments {
        channels = List.copyOf(channels);
    }

    /** The arguments for a device on any free port, for a mock within a test. */
    public static PtdArguments of(int type) {
        return parse(List.of("-p", "0", Integer.toString(type), "/dev/usbtmc0"));
    }

    /**
     * @throws InvalidOptionException if the arguments are not those of a PTDaemon
     */
    public static PtdArguments parse(List<String> args) {
        return new Parser(args).parse();
    }

    private static final class Parser {
        private final List<String> args;
        private int next;
        private Optional<Path> log = Optional.empty();
        private int port = DEFAULT_PORT;
        private Optional<Integer> board = Optional.empty();
        private List<Integer> channels = List.of();
        private boolean dc;
        private String interfaceFlag = "";
        private Optional<Path> debugLog = Optional.empty();
        private boolean extendedLog;
        private Optional<Integer> baud = Optional.empty();

        Parser(List<String> args) {
            this.args = args;
        }

        PtdArguments parse() {
            while (next < args.size()
                    && args.get(next).length() > 1
                    && args.get(next).startsWith("-")) {
                String arg = args.get(next++);
                char letter = arg.charAt(1);
                if (WITH_VALUE.indexOf(letter) >= 0) {
                    value(letter, arg.length() > 2 ? arg.substring(2) : following(letter));
                } else if (FLAGS.indexOf(letter) >= 0 && arg.length() == 2) {
                    flag(letter);
                } else {
                    throw new InvalidOptionException(problem(arg), SYNOPSIS);
                }
            }
            int left = args.size() - next;
            if (left != 2) {
                throw new InvalidOptionException(
                        left < 2
                                ? "the device type and the device's port are missing"
                                : "too many arguments behind the device type: " + args.subList(next, args.size()),
                        SYNOPSIS);
            }
            int type = number("the device type", args.get(next), 0);
            return new PtdArguments(
                    log,
                    port,
                    board,
                    channels,
                    dc,
                    interfaceFlag,
                    debugLog,
                    extendedLog,
                    baud,
                    type,
                    args.get(next + 1));
        }

        /** Tells options that a real PTDaemon takes and the mock does not from those that nobody takes. */
        private static String problem(String arg) {
            return switch (arg) {
                case "-t" -> "-t: the mock stands in for power analyzers only, it has no temperature mode";
                case "-X" -> "-X: the mock has no list of devices as XML; 'wattline mock-ptd --help' names them";
                default -> "PTDaemon has no option '" + arg + "'";
            };
        }

        private String following(char letter) {
            if (next >= args.size()) {
                throw new InvalidOptionException("-" + letter + " needs a value", SYNOPSIS);
            }
            return args.get(next++);
        }

        private void value(char letter, String value) {
            switch (letter) {
                case 'l' -> log = Optional.of(Path.of(value));
                case 'p' -> port = port(value);
                case 'b' -> board = Optional.of(number("-b", value, 0));
                case 'c' ->
                    channels = List.of(value.split(",", -1)).stream()
                            .map(channel -> number("-c", channel.strip(), 1))
                            .toList();
                case 'd' -> debugLog = Optional.of(Path.of(value));
                default -> baud = Optional.of(number("-B", value, 1));
            }
        }

        private void flag(char letter) {
            switch (letter) {
                case 'D' -> dc = true;
                case 'e' -> extendedLog = true;
                default -> interfaceFlag = String.valueOf(letter);
            }
        }

        private static int port(String value) {
            int port = number("-p", value, 0);
            if (port > 65_535) {
                throw new InvalidOptionException("-p: expected a port up to 65535, got '" + value + "'", null);
            }
            return port;
        }

        private static int number(String what, @Nullable String text, int least) {
            try {
                int value = Integer.parseInt(text == null ? "" : text);
                if (value >= least) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new InvalidOptionException(what + ": expected a number, got '" + text + "'", SYNOPSIS);
            }
            throw new InvalidOptionException(what + ": expected at least " + least + ", got '" + text + "'", SYNOPSIS);
        }
    }
}
