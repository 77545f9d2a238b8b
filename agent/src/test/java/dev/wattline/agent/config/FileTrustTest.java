package dev.wattline.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FileTrustTest {
    private static final int STICKY_FOR_ALL = 01777;
    private static final int NOBODY_ELSES = 4321;

    @TempDir
    Path folder;

    private Path above;
    private Path below;
    private Path file;

    @BeforeEach
    void configure() throws IOException {
        above = Files.createDirectory(folder.resolve("above"));
        below = Files.createDirectory(above.resolve("below"));
        file = Files.writeString(below.resolve("agent.yaml"), "sut: rig\n");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aFileThatOnlyItsOwnerMayChangeIsTaken() throws IOException {
        assertThat(FileTrust.objection(file)).isEmpty();
        permit(file, "rw-rw-r--"); // a group is somebody's choice
        permit(below, "rwxrwxr-x");
        assertThat(FileTrust.objection(file)).isEmpty();
    }

    @Test
    void aFolderThatEverybodyMayWriteLetsTheFileBeReplaced() throws IOException {
        permit(below, "rwxrwxrwx");

        assertThat(FileTrust.objection(file))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("may write the folder " + below)
                        .endsWith("chmod o-w " + below));
    }

    @Test
    void soDoesEachFolderAbove() throws IOException {
        permit(above, "rwxrwxrwx");

        assertThat(FileTrust.objection(file))
                .hasValueSatisfying(why -> assertThat(why).endsWith("chmod o-w " + above));
    }

    /** As /tmp is: there only its owner may replace a file. */
    @Test
    void aFolderWhereOnlyOwnersReplaceTheirFilesIsNone() throws IOException {
        Files.setAttribute(above, "unix:mode", STICKY_FOR_ALL);

        assertThat(FileTrust.objection(file)).isEmpty();
    }

    @Test
    void aLinkInAFolderThatEverybodyMayWriteIsFound() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Path link = Files.createSymbolicLink(open.resolve("agent.yaml"), file);
        assertThat(FileTrust.objection(link)).isEmpty();
        permit(open, "rwxrwxrwx");

        assertThat(FileTrust.objection(link))
                .hasValueSatisfying(why -> assertThat(why).endsWith("chmod o-w " + open));
    }

    @Test
    void whatAnotherUserOwnsIsNotTaken() throws IOException {
        assumeThat((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("only root can give a file away")
                .isZero();
        Files.setAttribute(file, "unix:uid", NOBODY_ELSES);
        assertThat(FileTrust.objection(file))
                .hasValueSatisfying(why ->
                        assertThat(why).startsWith("belongs to user 4321").endsWith("chown 0 " + file));
        Files.setAttribute(file, "unix:uid", 0);
        Files.setAttribute(above, "unix:uid", NOBODY_ELSES);

        assertThat(FileTrust.objection(file))
                .hasValueSatisfying(why -> assertThat(why).startsWith(above + " belongs to user 4321"));
    }

    @Test
    void aFileThatIsNotThereIsNotTrusted() {
        assertThatThrownBy(() -> FileTrust.objection(below.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}
