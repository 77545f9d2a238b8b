package dev.wattline.protocol.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A proof that a runner knows the token it shares with the director: HMAC-SHA256 over the director's nonce, keyed by the
 * token. Neither side's summary, nor anyone who listens, learns the token from it; it does not protect what follows.
 */
public final class TokenProof {
    private static final int NONCE_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private TokenProof() {}

    /** A fresh nonce in hex. */
    public static String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return HexFormat.of().formatHex(nonce);
    }

    /** The proof in hex. */
    public static String of(String token, String nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(token.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(nonce.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Whether the proof is right, in time that does not depend on where it is wrong. */
    public static boolean isRight(String token, String nonce, String proof) {
        return MessageDigest.isEqual(of(token, nonce).getBytes(US_ASCII), proof.getBytes(UTF_8));
    }
}
