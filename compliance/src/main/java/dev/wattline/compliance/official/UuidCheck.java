package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.math.BigInteger;

/** Both summaries tell of the same session, by the ids that the two sides gave it. */
final class UuidCheck implements OfficialCheck {
    private static final int DIGITS = 32;

    @Override
    public String name() {
        return "Check UUID";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Object client = session.client().field("uuid");
        Object server = session.server().field("uuid");
        compare(session, client, server, "client");
        compare(session, client, server, "server");
    }

    private static void compare(OfficialSession session, Object client, Object server, String side) {
        Object ofClient = PyValues.item(client, side);
        BigInteger one = parse(ofClient);
        Object ofServer = PyValues.item(server, side);
        if (!one.equals(parse(ofServer))) {
            throw Ended.fail(
                    "'" + side + " uuid' is not equal.",
                    Finding.error("uuid-differs", "client.json and server.json give the session different ids")
                            .at(Summary.SERVER, session.server().line("uuid", side))
                            .with("client.json", PyRepr.str(ofClient))
                            .with("server.json", PyRepr.str(ofServer)));
        }
    }

    /** Python's {@code uuid.UUID(text)}: prefixes, braces and dashes anywhere do not matter. */
    private static BigInteger parse(Object value) {
        String hex = PyValues.text(value).replace("urn:", "").replace("uuid:", "");
        int from = 0;
        int to = hex.length();
        while (from < to && isBrace(hex.charAt(from))) {
            from++;
        }
        while (to > from && isBrace(hex.charAt(to - 1))) {
            to--;
        }
        String digits = hex.substring(from, to).replace("-", "");
        if (digits.codePointCount(0, digits.length()) != DIGITS) {
            throw new PyError("uuid-bad", "'" + value + "' is no UUID");
        }
        BigInteger number = PyNumbers.parseInt(digits, 16);
        if (number.signum() < 0) {
            throw new PyError("uuid-bad", "'" + value + "' is no UUID");
        }
        return number;
    }

    private static boolean isBrace(char c) {
        return c == '{' || c == '}';
    }
}
