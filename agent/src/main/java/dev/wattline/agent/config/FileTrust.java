package dev.wattline.agent.config;

import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Who could change a file whose commands are run: not only who may write it, but also who may put another in its place or in
 * that of a folder above it.
 */
final class FileTrust {
    private static final int OTHERS_WRITE = 0002;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;
    private static final int UNMAPPED = 65534; // in a container, the owner of what no user that it knows owns
    private static final String ALL_USERS = "4294967295"; // ends the map of who is in no container

    private final int user;
    private final boolean inContainer;

    private FileTrust(int user, boolean inContainer) {
        this.user = user;
        this.inContainer = inContainer;
    }

    /**
     * Why the commands of a file are not to be run; empty if they may be.
     *
     * @throws IOException if that cannot be found out, as where there is no such file
     */
    static Optional<String> objection(Path file) throws IOException {
        Path self = Path.of("/proc/self");
        FileTrust trust = new FileTrust(
                (Integer) Files.getAttribute(self, "unix:uid"),
                !Files.readString(self.resolve("uid_map")).strip().endsWith(ALL_USERS));
        Path given = file.toAbsolutePath().normalize();
        Path real = given.toRealPath();
        Optional<String> objection = trust.along(real);
        return objection.isPresent() || real.equals(given) ? objection : trust.along(given); // links on the way
    }

    private Optional<String> along(Path path) throws IOException {
        for (Path one = path; one != null; one = one.getParent()) {
            Optional<String> objection = to(one, one.equals(path));
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private Optional<String> to(Path one, boolean itself) throws IOException {
        Map<String, Object> facts;
        try {
            facts = Files.readAttributes(one, "unix:uid,mode,isSymbolicLink,isDirectory", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new IOException("who may change " + one + " cannot be told: " + IoErrors.of(e), e);
        }
        int owner = number(facts, "uid");
        boolean unmapped = inContainer && owner == UNMAPPED;
        if (owner != user && owner != ROOT && !unmapped) {
            String whose = itself ? "belongs" : one + " belongs";
            return Optional.of(
                    whose + " to user " + owner + ", who could have any command run: chown " + user + " " + one);
        }
        if (Boolean.TRUE.equals(facts.get("isSymbolicLink"))) {
            return Optional.empty(); // its mode says nothing, and where it leads is looked at too
        }
        int mode = number(facts, "mode");
        boolean folder = Boolean.TRUE.equals(facts.get("isDirectory"));
        if ((mode & OTHERS_WRITE) == 0 || (folder && (mode & STICKY) != 0)) { // there only its owner replaces a file
            return Optional.empty();
        }
        return Optional.of(
                itself
                        ? "may be written by everybody, who could have any command run: chmod o-w " + one
                        : "everybody may write the folder " + one
                                + " and put another file in this one's place: chmod o-w " + one);
    }

    private static int number(Map<String, Object> facts, String name) {
        return facts.get(name) instanceof Integer number ? number : -1;
    }
}
