package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import org.jspecify.annotations.Nullable;

/** Client and director recorded the same dialogue and spoke the same version of the protocol. */
final class MessagesCheck implements OfficialCheck {

    private static final String CLIENT_MAGIC = "mlcommons/power client v";
    private static final String SERVER_MAGIC = "mlcommons/power server v";

    @Override
    public String name() {
        return "Check client server messages";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Object client = session.client().field("messages");
        Object server = session.server().field("messages");
        int count = PyValues.length(client);
        int ahead = session.rules().serverMessagesAhead();
        if (count != PyValues.length(server) - ahead) {
            throw wrongLength(session, count, PyValues.length(server));
        }
        for (int i = 0; i < count; i++) {
            compare(session, PyValues.item(client, i), PyValues.item(server, i), i);
        }
        versions(session, PyValues.item(server, 0));
    }

    private static Ended wrongLength(OfficialSession session, int client, int server) {
        String relation = session.rules().serverMessagesAhead() == 0 ? "be equal to" : "be less than";
        String by = session.rules().serverMessagesAhead() == 0 ? "" : " by one";
        return Ended.fail(
                "Client commands list length (" + client + ") should " + relation + " server commands list length ("
                        + server + ")" + by + ". ",
                Finding.error("messages-count", "the two sides recorded different numbers of messages")
                        .at(Summary.SERVER, session.server().line("messages"))
                        .with("client.json", client)
                        .with("server.json", server));
    }

    private static void compare(OfficialSession session, Object client, Object server, int index) {
        Object ours = PyValues.item(client, "cmd");
        Object theirs = PyValues.item(server, "cmd");
        if (!PyValues.equal(ours, theirs)) {
            throw Ended.fail(
                    "Commands " + index + " are different. Server command is " + PyRepr.repr(theirs)
                            + ". Client command is " + PyRepr.repr(ours) + ".",
                    differing(session, "messages-command", "command", index, ours, theirs));
        }
        if (ours.equals("time")) {
            return;
        }
        Object ourReply = PyValues.item(client, "reply");
        Object theirReply = PyValues.item(server, "reply");
        if (!PyValues.equal(ourReply, theirReply)) {
            throw Ended.fail(
                    "Replies on command " + PyRepr.repr(ours) + " are different. Server reply is "
                            + PyRepr.repr(theirReply) + ". Client command is " + PyRepr.repr(ourReply) + ".",
                    differing(session, "messages-reply", "reply", index, ourReply, theirReply));
        }
    }

    private static Finding differing(
            OfficialSession session, String id, String what, int index, Object client, Object server) {
        String key = what.equals("command") ? "cmd" : "reply";
        return Finding.error(id, "the two sides recorded a different " + what + " as message " + index)
                .at(Summary.SERVER, session.server().line("messages", index, key))
                .with("client.json", PyRepr.str(client))
                .with("server.json", PyRepr.str(server));
    }

    private static void versions(OfficialSession session, Object greeting) {
        String client = version(session, CLIENT_MAGIC, PyValues.text(PyValues.item(greeting, "cmd")));
        String server = version(session, SERVER_MAGIC, PyValues.text(PyValues.item(greeting, "reply")));
        if (!client.equals(server)) {
            throw Ended.fail(
                    "Client.py version (" + client + ") is not equal server.py version (" + server + ").",
                    Finding.error(
                                    "protocol-version-differs",
                                    "client and director spoke different versions of the protocol")
                            .at(Summary.SERVER, session.server().line("messages", 0))
                            .with("client", client)
                            .with("director", server));
        }
    }

    private static String version(OfficialSession session, String magic, String line) {
        String version = versionAtEnd(magic, line);
        if (version == null) {
            throw Ended.fail(
                    "Server version is not defined in:'" + line + "'",
                    Finding.error("protocol-version-missing", "the first message is not the protocol's greeting")
                            .at(Summary.SERVER, session.server().line("messages", 0))
                            .with("message", line)
                            .limit("mlcommons/power client v3, mlcommons/power server v3"));
        }
        return version;
    }

    /** The digits between the magic words and the end of the line, which may be a newline; null if that is not all. */
    private static @Nullable String versionAtEnd(String magic, String line) {
        int end = line.endsWith("\n") ? line.length() - 1 : line.length();
        for (int at = line.indexOf(magic); at >= 0; at = line.indexOf(magic, at + 1)) {
            String rest = line.substring(at + magic.length(), Math.max(end, at + magic.length()));
            boolean digits = !rest.isEmpty()
                    && rest.codePoints().allMatch(c -> Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER);
            if (digits) {
                return rest;
            }
        }
        return null;
    }
}
