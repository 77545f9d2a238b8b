package dev.wattline.director.web;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.cookie.CookieHeaderNames.SameSite;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the live page answers. A browser can be led to ask a page on its own machine under another name (DNS rebinding): so
 * only known names are answered. Who knows the token shows it as a bearer, or once in the address, and has a cookie then.
 */
final class PageAccess {
    private static final String COOKIE = "wattline-page";
    private static final String BEARER = "Bearer ";

    private final List<String> names;
    private final Optional<String> token;

    PageAccess(List<String> names, Optional<String> token) {
        this.names = names;
        this.token = token;
    }

    /** Whether the page may be asked for under this name: {@code localhost}, an address, or a configured one. */
    boolean isKnownHost(@Nullable String host) {
        if (host == null || host.isBlank()) {
            return false;
        }
        String name = withoutPort(host.strip().toLowerCase(Locale.ROOT));
        return name.equals("localhost")
                || names.contains(name)
                || NetUtil.isValidIpV4Address(name)
                || (name.startsWith("[") && NetUtil.isValidIpV6Address(name));
    }

    private static String withoutPort(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }

    /** Whether who asks so knows the token, if there is one to know. */
    boolean isKnown(HttpHeaders headers) {
        if (token.isEmpty()) {
            return true;
        }
        String authorization = headers.get(HttpHeaderNames.AUTHORIZATION, "");
        if (authorization.startsWith(BEARER) && isToken(authorization.substring(BEARER.length()))) {
            return true;
        }
        return ServerCookieDecoder.STRICT.decode(headers.get(HttpHeaderNames.COOKIE, "")).stream()
                .anyMatch(cookie -> cookie.name().equals(COOKIE) && isEqual(cookie.value(), cookieValue()));
    }

    /** Whether this is the token; without one nothing is. */
    boolean isToken(String shown) {
        return token.isPresent() && isEqual(shown, token.get());
    }

    /** The header that keeps a browser from having to show the token again. */
    String setCookie(boolean secure) {
        DefaultCookie cookie = new DefaultCookie(COOKIE, cookieValue());
        cookie.setHttpOnly(true);
        cookie.setSecure(secure);
        cookie.setSameSite(SameSite.Strict);
        cookie.setPath("/");
        return ServerCookieEncoder.STRICT.encode(cookie);
    }

    /** Not the token itself, which may serve elsewhere too. */
    private String cookieValue() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest((COOKIE + token.orElseThrow()).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Takes as long for a wrong one as for the right one. */
    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
