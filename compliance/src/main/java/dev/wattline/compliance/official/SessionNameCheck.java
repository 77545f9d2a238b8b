package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.python.PyValues;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;

/** Both summaries give the session the same name. */
final class SessionNameCheck implements OfficialCheck {

    @Override
    public String name() {
        return "Check session name";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Object client = session.client().field("session_name");
        Object server = session.server().field("session_name");
        if (!PyValues.equal(client, server)) {
            throw Ended.fail(
                    "Session name is not equal. Client session name is " + PyRepr.repr(client)
                            + ". Server session name is " + PyRepr.repr(server),
                    Finding.error("session-name-differs", "client.json and server.json name different sessions")
                            .at(Summary.SERVER, session.server().line("session_name"))
                            .with("client.json", PyRepr.str(client))
                            .with("server.json", PyRepr.str(server)));
        }
    }
}
