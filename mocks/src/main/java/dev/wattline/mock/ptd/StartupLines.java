package dev.wattline.mock.ptd;

import java.time.Instant;

/**
 * What PTDaemon prints before it listens. The banner keeps the place and the version line of the real one's, but says
 * what this program is and claims nobody's copyright.
 */
final class StartupLines {
    private static final String STARS = "  " + "*".repeat(76);
    private static final String INNER_STARS = " ".repeat(22) + "*".repeat(35) + " ".repeat(21);

    private final PtdArguments arguments;
    private final DeviceProfile profile;
    private final Identity identity;
    private final int channels;
    private final StdoutLog out;

    StartupLines(PtdArguments arguments, DeviceProfile profile, Identity identity, int channels, StdoutLog out) {
        this.arguments = arguments;
        this.profile = profile;
        this.identity = identity;
        this.channels = channels;
        this.out = out;
    }

    /** The lines without stamps, and the first with one. */
    void launched(Instant at) {
        if (arguments.interfaceFlag().equals("g")) {
            out.plain("GPIB interface specified.");
        } else if (arguments.interfaceFlag().equals("y")) {
            out.plain("Yokogawa ethernet/USB interface specified.");
        }
        arguments.board().ifPresent(board -> out.plain("GPIB board number " + board + " specified."));
        out.plain("Selected power analyzer '" + profile.vendorModel() + "' from Wattline's mock");
        out.plain(STARS);
        out.plain(INNER_STARS);
        out.plain(centred("Wattline mock PTDaemon"));
        out.plain(" ".repeat(24) + "Version " + Identity.VERSION + " ".repeat(21));
        out.plain(INNER_STARS);
        out.plain(centred("This is not the SPEC PTDaemon. Its readings are invented"));
        out.plain(centred("or played back, and no result may be based on them."));
        out.plain(STARS);
        out.plain("");
        out.plain("");
        arguments.log().ifPresent(log -> out.plain("Redirecting data output to file " + log));
        out.plain("Calculated PTD CRC: 0x00000000, 0");
        out.stamped(
                at,
                "Attempting to connect to measurement device type "
                        + profile.type().number() + "...");
        out.flush();
    }

    /** The instrument has answered. */
    void identified(Instant at) {
        String answer = identity.instrument();
        out.stamped(at, "Analyzer identity response of " + (answer.length() + 1) + " bytes: " + answer);
        out.plain("");
        switch (profile.type().number()) {
            case 8, 508 -> out.stamped(at, "Firmware version 1.12 detected.");
            case 49, 52, 549, 586 -> out.stamped(at, "WT3XX enhanced model detected.");
            case 77 -> out.stamped(at, "V3A3 configuration detected.");
            case 48 -> {
                out.stamped(at, "Requested " + channels + " channels, using physical channels 1 thru " + channels);
                out.stamped(at, "Starting analyzer configuration...");
            }
            default -> {
                // nothing more is known of the others
            }
        }
        out.flush();
    }

    /** The instrument is set up. */
    void ready(Instant at) {
        out.stamped(at, "Uncertainty checking for " + profile.model() + " is activated");
        out.stamped(at, "Connected to " + profile.model() + " successfully");
        out.flush();
    }

    /** The port is bound. */
    void listening(Instant at, int port) {
        out.stamped(at, "Establishing the listener on port " + port + "...");
        out.stamped(at, "Waiting for a connection...");
        out.flush();
    }

    private static String centred(String text) {
        return " ".repeat(Math.max(2, 40 - text.length() / 2)) + text;
    }
}
