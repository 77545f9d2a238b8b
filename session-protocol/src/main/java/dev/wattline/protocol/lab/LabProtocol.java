package dev.wattline.protocol.lab;

import dev.wattline.protocol.live.TokenProof;
import java.util.regex.Pattern;

/** The fixed texts and numbers of {@code lab/1}. */
public final class LabProtocol {
    /** How the first line of each connection of this protocol begins, whatever its version; protocol v3 has no such line. */
    public static final String ANY_VERSION = "wattline lab v";

    /** How it begins in this version. */
    public static final String GREETING = ANY_VERSION + "1 ";

    /** How the director's answer begins if it goes on; what follows is {@code key=value}. */
    public static final String OK = GREETING + "OK";

    /** Stands before the director's nonce where a token must be proven before anything else. */
    public static final String NONCE = " token nonce=";

    /** Says in the greeting that a runner brings the ticket of a job; protocol v3 follows. */
    public static final String TICKET = GREETING + "runner ticket=";

    /** The error that says that the request has a name or a value that it must not have: whoever asked can correct it. */
    public static final String WRONG = "wrong";

    /** The longest line behind the greeting, terminator included, in bytes. */
    public static final int MAX_LINE_BYTES = 64 * 1024;

    /** The most requests that may wait for their answers on one connection. */
    public static final int MAX_OUTSTANDING = 32;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private LabProtocol() {}

    /** Who is at the other end of the director's connection. */
    public enum Role {
        /** A measured machine. */
        AGENT,
        /** Somebody who starts jobs or looks at them. */
        CONSOLE;

        /** The word on the wire. */
        public String word() {
            return this == AGENT ? "agent" : "console";
        }
    }

    /**
     * Whether a text may be the name of a machine, workload, setting or parameter: small letters, digits, point, hyphen and
     * underscore, at most 63, so that it can be the name of a folder on any system.
     */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches()
                && !text.contains("..")
                && !text.endsWith(".")
                && !DEVICE.matcher(text).matches();
    }

    /**
     * The proof that somebody knows a token: bound to this protocol, to who proves it, and to a nonce of either side, so that
     * it is good for nothing else.
     *
     * @param prover {@code agent}, {@code console} or {@code director}
     */
    public static String proof(String token, String prover, String directorNonce, String callerNonce) {
        return TokenProof.of(token, material(prover, directorNonce, callerNonce));
    }

    /** Whether a proof is right, in time that does not depend on where it is wrong. */
    public static boolean isProof(String token, String prover, String directorNonce, String callerNonce, String proof) {
        return TokenProof.isRight(token, material(prover, directorNonce, callerNonce), proof);
    }

    /** What a console's user does who has named or set something that a machine does not have. */
    public static String listing(String sut) {
        return "'wattline workloads --sut " + sut + "' lists what there is.";
    }

    private static String material(String prover, String directorNonce, String callerNonce) {
        return String.join("\0", "wattline-lab-v1", prover, directorNonce, callerNonce);
    }
}
