package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.util.List;

/** PTDaemon's version and analyzer are accepted, it answered as it should, and the analyzer got its ranges back. */
final class PtdMessagesCheck implements OfficialCheck {
    private static final String STARTED =
            "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples";
    private static final String NOTHING_TO_STOP = "Error: no measurement to stop";
    private static final String MESSAGES = "ptd_messages";
    private static final int RANGES_REPLY = 2; // the place where the official checker takes the reply to RR for granted

    @Override
    public String name() {
        return "Check PTD commands and replies";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Object dialogue = session.server().field(MESSAGES);
        List<Object> messages = PyValues.iterate(dialogue);
        identity(session, messages);
        replies(session, messages, "SR,A", "Range A changed");
        replies(session, messages, "SR,V", "Range V changed");
        replies(session, messages, "Go,1000,", STARTED);
        replies(session, messages, "Stop", "Stopping untimed measurement");
        ranges(session, messages, PyValues.item(PyValues.item(dialogue, RANGES_REPLY), "reply"));
    }

    private static String command(Object message) {
        return PyValues.text(PyValues.item(message, "cmd"));
    }

    private static void identity(OfficialSession session, List<Object> messages) {
        Object reply = "";
        int index = 0;
        for (; index < messages.size(); index++) {
            if (PyValues.item(messages.get(index), "cmd").equals("Identify")) {
                reply = PyValues.item(messages.get(index), "reply");
                break;
            }
        }
        if (PyValues.length(reply) == 0) {
            throw Ended.fail(
                    "There is no answer to the 'Identify' command for PTD.",
                    Finding.error("ptd-no-identify", "PTDaemon's answer to Identify is not recorded")
                            .at(Summary.SERVER, session.server().line(MESSAGES)));
        }
        String identity = PyValues.text(reply);
        String model = identity.substring(0, end(identity, ','));
        String version = version(identity);
        long line = session.rules().ptdVersions().contains(version)
                        && session.rules().models().containsKey(model)
                ? 0
                : session.server().line(MESSAGES, index, "reply");
        if (!session.rules().ptdVersions().contains(version)) {
            String supported = PyRepr.repr(session.rules().ptdVersions());
            throw Ended.fail(
                    "PTD version " + PyRepr.repr(version) + " is not supported. Supported versions are " + supported,
                    Finding.error(
                                    "ptd-version",
                                    "PTDaemon " + version + " is not accepted in round "
                                            + session.rules().name())
                            .at(Summary.SERVER, line)
                            .with("version", version)
                            .limit(String.join(", ", session.rules().ptdVersions())));
        }
        if (!session.rules().models().containsKey(model)) {
            String supported = String.join(", ", session.rules().models().keySet());
            throw Ended.fail(
                    "Power meter " + PyRepr.repr(model) + " is not supported. Only " + supported + " are supported.",
                    Finding.error(
                                    "analyzer-unsupported",
                                    "the analyzer " + model + " is not accepted in round "
                                            + session.rules().name())
                            .at(Summary.SERVER, line)
                            .with("analyzer", model)
                            .limit(supported));
        }
    }

    private static int end(String text, char separator) {
        int end = text.indexOf(separator);
        return end < 0 ? text.length() : end;
    }

    /** What stands between {@code version=} and the first dash behind at least one character, on one line. */
    private static String version(String identity) {
        String key = "version=";
        for (int at = identity.indexOf(key); at >= 0; at = identity.indexOf(key, at + 1)) {
            int from = at + key.length();
            int dash = identity.indexOf('-', from + 1);
            int newline = identity.indexOf('\n', from);
            if (dash >= 0 && (newline < 0 || newline > dash)) {
                return identity.substring(from, dash);
            }
        }
        return "";
    }

    private static void replies(OfficialSession session, List<Object> messages, String prefix, String normal) {
        String expected = normal;
        int stops = 0;
        for (int i = 0; i < messages.size(); i++) {
            String command = command(messages.get(i));
            if (!command.startsWith(prefix)) {
                continue;
            }
            if (command.equals("Stop")) {
                // Two measurements are stopped; directors up to round v2.1 sent a third Stop.
                if (stops == 2) {
                    expected = NOTHING_TO_STOP;
                }
                stops++;
            }
            Object reply = PyValues.item(messages.get(i), "reply");
            if (!expected.equals(reply)) {
                throw Ended.fail(
                        "Wrong reply for " + PyRepr.repr(command) + " command. Expected " + PyRepr.repr(expected)
                                + ", but got " + PyRepr.repr(reply),
                        Finding.error("ptd-reply", "PTDaemon did not answer " + command + " as it should")
                                .at(Summary.SERVER, session.server().line(MESSAGES, i, "reply"))
                                .with("command", command)
                                .with("reply", PyRepr.str(reply))
                                .limit(expected));
            }
        }
    }

    private static void ranges(OfficialSession session, List<Object> messages, Object rangesReply) {
        String amps = initial(session, rangesReply, 1);
        String volts = initial(session, rangesReply, 3);
        String third = nth(session, messages, "SR,A", 3);
        String fourth = session.rules().fourthAmps() ? nth(session, messages, "SR,A", 4) : third;
        String voltsCommand = nth(session, messages, "SR,V", 3);
        String expected = "SR,A," + amps;
        if (!third.equals(expected) && !fourth.equals(expected)) {
            String got = PyRepr.repr(third) + (session.rules().fourthAmps() ? " and " + PyRepr.repr(fourth) : "");
            throw Ended.fail(
                    "Do not set Amps range as initial. Expected '" + expected + "', got " + got + ".",
                    notRestored(session, "current", expected, got));
        }
        if (!voltsCommand.equals("SR,V," + volts)) {
            String got = PyRepr.repr(voltsCommand);
            throw Ended.fail(
                    "Do not set Volts range as initial. Expected 'SR,V," + volts + "', got " + got + ".",
                    notRestored(session, "voltage", "SR,V," + volts, got));
        }
    }

    private static Finding notRestored(OfficialSession session, String what, String expected, String got) {
        return Finding.error(
                        "ranges-not-restored",
                        "the analyzer did not get back the " + what + " range that it had before the session")
                .at(Summary.SERVER, session.server().line(MESSAGES, RANGES_REPLY))
                .with("commands", got)
                .limit(expected);
    }

    private static String initial(OfficialSession session, Object rangesReply, int field) {
        String[] fields = PyValues.text(rangesReply).split(",", -1);
        if (field < fields.length && !fields[field].equals("0")) {
            return "Auto";
        }
        try {
            if (field + 1 >= fields.length) {
                throw new PyError("field-missing", "too few fields");
            }
            return PyNumbers.parseFloat(fields[field + 1]) > 0 ? fields[field + 1] : "Auto";
        } catch (PyError e) {
            throw Ended.fail(
                    "Can not get power meters initial values from " + PyRepr.repr(rangesReply),
                    Finding.error("ranges-unknown", "the third message is no answer to RR: " + e.words())
                            .at(Summary.SERVER, session.server().line(MESSAGES, RANGES_REPLY, "reply"))
                            .with("reply", PyRepr.str(rangesReply))
                            .limit("Ranges,<amps auto>,<amps>,<volts auto>,<volts>"));
        }
    }

    private static String nth(OfficialSession session, List<Object> messages, String prefix, int number) {
        int count = 0;
        for (Object message : messages) {
            if (command(message).startsWith(prefix) && ++count == number) {
                return command(message);
            }
        }
        throw Ended.fail(
                "Can not find the " + number + " command starting with '" + prefix + "'.",
                Finding.error(
                                "ptd-command-missing",
                                "PTDaemon got " + count + " commands " + prefix + ", not " + number)
                        .at(Summary.SERVER, session.server().line(MESSAGES))
                        .with("commands", count)
                        .limit("at least " + number));
    }
}
