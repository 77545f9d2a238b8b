package dev.wattline.compliance.official;

import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;

/** The director did not run with shortened settle times. */
final class DebugCheck implements OfficialCheck {

    @Override
    public String name() {
        return "Check debug is disabled on server-side";
    }

    @Override
    public String file() {
        return Summary.SERVER;
    }

    @Override
    public void run(OfficialSession session) {
        Object debug = session.server().field("debug", false);
        if (!debug.equals(false)) {
            throw Ended.fail(
                    "Server was running in debug mode",
                    Finding.error(
                                    "debug-on",
                                    "the director ran in debug mode, with settle times too short for a valid run")
                            .at(Summary.SERVER, session.server().line("debug"))
                            .with("debug", PyRepr.str(debug))
                            .limit("absent or false"));
        }
    }
}
