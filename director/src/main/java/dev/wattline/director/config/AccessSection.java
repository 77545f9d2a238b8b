package dev.wattline.director.config;

import dev.wattline.director.config.AccessSettings.TlsDoor;
import dev.wattline.model.IoErrors;
import dev.wattline.protocol.TlsMaterial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the keys of {@code [wattline]} and {@code [lab]} that say who may connect, watch, or start jobs. */
final class AccessSection {
    private final SectionReader section;
    private final SectionReader lab;
    private final Path base;

    /**
     * @param section {@code [wattline]}
     * @param lab {@code [lab]}
     * @param base what the paths of secrets are relative to
     */
    AccessSection(SectionReader section, SectionReader lab, Path base) {
        this.section = section;
        this.lab = lab;
        this.base = base;
    }

    /** @param ports who took each port so far */
    AccessSettings read(Map<Integer, String> ports) {
        List<AllowedNetwork> allow = section.orDefault(ConfigKey.ALLOW, ConfigLoader::networks);
        boolean plain = section.orDefault(ConfigKey.PLAIN, text -> ConfigLoader.oneOf(text, "yes", "no"))
                .equals("yes");
        InetSocketAddress listen = section.optional(ConfigKey.TLS_LISTEN, ConfigLoader::listen);
        Optional<TlsDoor> tls = listen == null ? Optional.empty() : Optional.ofNullable(tls(listen));
        tls.map(door -> door.listen().getPort())
                .map(ports::get)
                .ifPresent(taken -> section.error(ConfigKey.TLS_LISTEN, "is the port of " + taken + " already"));
        if (!plain && listen == null) {
            section.error(ConfigKey.PLAIN, "no client could connect: without the plain door tlsListen is needed");
        }
        String token = section.optional(ConfigKey.TOKEN_FILE, this::secret);
        tls.map(door -> door.listen().getPort()).ifPresent(port -> ports.put(port, "the door with TLS (tlsListen)"));
        return new AccessSettings(
                allow,
                plain,
                tls,
                Optional.ofNullable(token),
                Optional.ofNullable(page(tls.orElse(null), ports)),
                lab());
    }

    /** A page that other machines can open shows nothing to whom does not know its token. */
    private @Nullable PageSettings page(@Nullable TlsDoor door, Map<Integer, String> ports) {
        InetSocketAddress listen = section.optional(ConfigKey.WEB, ConfigLoader::listen);
        String token = section.optional(ConfigKey.WEB_TOKEN_FILE, this::secret);
        List<String> names = section.orDefault(ConfigKey.WEB_NAMES, AccessSection::names);
        boolean tls = section.orDefault(ConfigKey.WEB_TLS, text -> ConfigLoader.oneOf(text, "no", "yes"))
                .equals("yes");
        if (listen == null) {
            return null;
        }
        String taken = ports.get(listen.getPort());
        if (taken != null && listen.getPort() != 0) {
            section.error(ConfigKey.WEB, "is the port of " + taken + " already");
        }
        if (token == null && !listen.getAddress().isLoopbackAddress()) {
            section.error(
                    ConfigKey.WEB,
                    "other machines could open the page: set webTokenFile, or listen on 127.0.0.1 and use a tunnel");
        }
        Optional<TlsMaterial> material = Optional.empty();
        if (tls) {
            if (door == null) {
                section.error(ConfigKey.WEB_TLS, "needs tlsListen, tlsIdentity, tlsTrusted and tlsPasswordFile");
                return null;
            }
            material = Optional.of(door.material());
        }
        return new PageSettings(listen, material, Optional.ofNullable(token), names);
    }

    private LabSettings lab() {
        List<String> ops = lab.orDefault(ConfigKey.OPS, AccessSection::writtenNames);
        List<String> view = lab.orDefault(ConfigKey.VIEW, AccessSection::writtenNames);
        SortedMap<String, String> tokens = lab.optional(ConfigKey.LAB_TOKENS_FILE, this::tokens);
        boolean plain = lab.orDefault(ConfigKey.LAB_PLAIN, text -> ConfigLoader.oneOf(text, "no", "yes"))
                .equals("yes");
        if (plain && tokens == null) {
            lab.error(ConfigKey.LAB_PLAIN, "without TLS everybody could start jobs: set tokensFile too");
        }
        String wired = lab.orDefault(ConfigKey.WIRED, String::strip);
        return new LabSettings(
                ops,
                view,
                tokens == null ? new TreeMap<>() : tokens,
                wired.equals("none") ? Optional.empty() : Optional.of(wired),
                plain);
    }

    private SortedMap<String, String> tokens(String text) {
        Path file = existing(text);
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream()
                            .anyMatch(permission -> permission.name().startsWith("OTHERS"))) {
                throw new IllegalArgumentException("everybody may read or write '" + file + "': chmod 600 it");
            }
            SortedMap<String, String> tokens = new TreeMap<>();
            for (String line : Files.readAllLines(file)) {
                String[] words = line.strip().split("\\s+");
                if (line.isBlank() || line.strip().startsWith("#")) {
                    continue;
                }
                if (words.length != 2 || tokens.putIfAbsent(words[0], words[1]) != null) {
                    throw new IllegalArgumentException(
                            "expected NAME TOKEN in each line of '" + file + "', and no name twice");
                }
            }
            return tokens;
        } catch (IOException e) {
            throw new IllegalArgumentException("could not read '" + text + "': " + IoErrors.of(e), e);
        }
    }

    private static List<String> writtenNames(String text) {
        return text.strip().equals("none")
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    private static List<String> names(String text) {
        return text.strip().equals("none")
                ? List.of()
                : Arrays.stream(text.split(","))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Null where one of its files is missing or cannot be read, which has been told. */
    private @Nullable TlsDoor tls(InetSocketAddress listen) {
        Path identity = section.required(ConfigKey.TLS_IDENTITY, this::existing);
        Path trusted = section.required(ConfigKey.TLS_TRUSTED, this::existing);
        String password = section.required(ConfigKey.TLS_PASSWORD_FILE, this::secret);
        if (identity == null || trusted == null || password == null) {
            return null;
        }
        return new TlsDoor(listen, new TlsMaterial(identity, trusted, password));
    }

    private Path existing(String text) {
        Path file = base.resolve(ConfigLoader.notEmpty(text));
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("expected a file that can be read, got '" + file + "'");
        }
        return file;
    }

    /** The first line of a file, so that no secret stands in the configuration. */
    private String secret(String text) {
        try {
            return Files.readString(existing(text), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .orElseThrow(() ->
                            new IllegalArgumentException("expected a secret in the first line of '" + text + "'"));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "could not read '%s': %s", text, IoErrors.of(e)), e);
        }
    }
}
