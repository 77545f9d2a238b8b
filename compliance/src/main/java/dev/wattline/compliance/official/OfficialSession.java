package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyNumbers;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A session with its summaries loaded, and the rules to judge it by. Not safe for use by several threads. */
final class OfficialSession {
    private final SessionView view;
    private final Summary client;
    private final Summary server;
    private final RoundRules rules;
    private final Map<String, LoadWindow> windows = new HashMap<>();

    OfficialSession(SessionView view, Summary client, Summary server, RoundRules rules) {
        this.view = view;
        this.client = client;
        this.server = server;
        this.rules = rules;
    }

    SessionView view() {
        return view;
    }

    Summary client() {
        return client;
    }

    Summary server() {
        return server;
    }

    RoundRules rules() {
        return rules;
    }

    /** The power window of the phase in this folder. */
    LoadWindow window(String folder) throws IOException {
        LoadWindow window = windows.get(folder);
        if (window == null) {
            window = LoadWindow.read(this, folder);
            windows.put(folder, window);
        }
        return window;
    }

    /** What to add to LoadGen's times for UTC, s. */
    double loadgenOffset() {
        return rules.loadgenLocal() ? PyNumbers.toFloat(PyNumbers.toInt(client.field("timezone"))) : 0;
    }

    /** What to add to PTDaemon's times for UTC, s; the official checker reads the field in any case. */
    double ptdOffset() {
        double offset = PyNumbers.toFloat(PyNumbers.toInt(server.field("timezone")));
        return rules.ptdLocal() ? offset : 0;
    }
}
