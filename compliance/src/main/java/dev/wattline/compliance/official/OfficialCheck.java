package dev.wattline.compliance.official;

import java.io.IOException;

/** One check of the official checker. Stateless. */
interface OfficialCheck {

    /** The official name. */
    String name();

    /** The file that is to blame where nothing says otherwise. */
    String file();

    /**
     * Returns if the session passes.
     *
     * @throws Ended if it fails, or passes with a warning, which ends the check
     * @throws dev.wattline.compliance.python.PyError where the official checker raises an exception of another kind
     * @throws IOException if a file cannot be read
     */
    void run(OfficialSession session) throws IOException;
}
