package dev.wattline.sut.telemetry.redfish;

import dev.wattline.model.IoErrors;
import dev.wattline.sut.SutException;
import dev.wattline.sut.telemetry.source.SourceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * The connection to a management controller: HTTPS alone, its certificate pinned or signed by a named authority, one
 * request at a time, credentials from a file that only its owner may read. What it says of a failure holds no credential.
 * For one thread at a time.
 */
final class RedfishLink {
    private static final int TIMEOUT_MS = 4000;
    private static final int MOST_BYTES = 1 << 22;

    private final URI base;
    private final PinnedTrust trust;
    private final String user;
    private final String password;
    private String token = "";
    private String session = "";
    private boolean basic;

    private RedfishLink(URI base, PinnedTrust trust, String user, String password) {
        this.base = base;
        this.trust = trust;
        this.user = user;
        this.password = password;
    }

    /**
     * @param section of the settings
     * @throws SutException if the settings lack something, or the credentials may be read by others
     */
    static RedfishLink of(SourceSettings.Section section) {
        String host = section.required("host");
        URI base;
        try {
            base = new URI("https://" + host.replaceFirst("^https://", "") + "/");
        } catch (URISyntaxException e) {
            throw section.wrong("host", "expected HOST or HOST:PORT, got '" + host + "'");
        }
        if (base.getHost() == null || host.startsWith("http://")) {
            throw section.wrong("host", "expected HOST or HOST:PORT, over HTTPS, got '" + host + "'");
        }
        List<String> lines = credentials(Path.of(section.required("credentials")));
        Optional<Path> authority = section.text("authority").map(Path::of);
        return new RedfishLink(base, PinnedTrust.of(section.text("pin"), authority), lines.get(0), lines.get(1));
    }

    /** User and password, a line each. */
    private static List<String> credentials(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
                boolean othersMay =
                        permissions.stream().anyMatch(one -> !one.name().startsWith("OWNER_"));
                if (othersMay) {
                    throw new SutException(
                            "the credentials in " + file + " may be read by others", "Do: chmod 600 " + file);
                }
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            if (lines.size() < 2 || lines.get(0).isBlank() || lines.get(1).isBlank()) {
                throw new SutException(
                        file + ": expected the user in the first line and the password in the second", null);
            }
            return lines;
        } catch (IOException e) {
            throw new SutException("the credentials in " + file + " cannot be read: " + IoErrors.of(e), null, e);
        }
    }

    String host() {
        return base.getAuthority();
    }

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param body the text; empty if there was none
     * @param location header of that name
     */
    record Reply(int status, String body, String location) {}

    /**
     * Opens a session, or where the controller has none of these, sends user and password with each request.
     *
     * @throws SutException if it is refused
     */
    void login() {
        String body = "{\"UserName\":\"" + escaped(user) + "\",\"Password\":\"" + escaped(password) + "\"}";
        token = "";
        basic = false;
        Reply reply = exchange("POST", "/redfish/v1/SessionService/Sessions", body);
        if (reply.status() == 404 || reply.status() == 405) {
            basic = true;
            return;
        }
        if (reply.status() != 201 || token.isEmpty()) {
            throw new SutException(
                    "the management controller at " + host() + " refuses the login: HTTP status " + reply.status(),
                    reply.status() == 401 || reply.status() == 403
                            ? "Check user and password; the role ReadOnly is enough."
                            : "It may have no session left: end others', or wait until they expire.");
        }
        session = reply.location();
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\' || c < 0x20) {
                escaped.append(String.format("\\u%04x", c));
            } else {
                escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    /** Ends the session: a controller has few of them. */
    void logout() {
        if (!session.isEmpty()) {
            String path = session;
            session = "";
            exchange("DELETE", path, null);
        }
    }

    /** Gets a resource. */
    Reply get(String path) {
        return exchange("GET", path, null);
    }

    private Reply exchange(String method, String path, @Nullable String body) {
        URI target = base.resolve(path);
        if (!base.getAuthority().equals(target.getAuthority())) {
            throw new SutException("the management controller at " + host() + " points to another host", null);
        }
        try {
            HttpsURLConnection connection = (HttpsURLConnection) target.toURL().openConnection();
            trust.applyTo(connection);
            connection.setConnectTimeout(TIMEOUT_MS);
            connection.setReadTimeout(TIMEOUT_MS);
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", "application/json");
            if (!token.isEmpty()) {
                connection.setRequestProperty("X-Auth-Token", token);
            } else if (basic) {
                byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
                connection.setRequestProperty(
                        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
            }
            if (body != null) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/json");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            int status = connection.getResponseCode();
            String given = connection.getHeaderField("X-Auth-Token");
            if (method.equals("POST") && given != null) {
                token = given;
            }
            String location = connection.getHeaderField("Location");
            return new Reply(status, text(connection, status), location == null ? "" : location);
        } catch (SSLHandshakeException e) {
            throw trust.refused(host(), e);
        } catch (IOException e) {
            // The message of an I/O error holds address and cause; no header is ever part of it.
            throw new SutException(
                    "the management controller at " + host() + " cannot be reached: " + IoErrors.of(e),
                    "Check host, network and that Redfish is switched on.",
                    e);
        }
    }

    private static String text(HttpsURLConnection connection, int status) throws IOException {
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return in == null ? "" : new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
