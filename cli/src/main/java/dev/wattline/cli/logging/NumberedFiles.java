package dev.wattline.cli.logging;

import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Gives a full log the number 1, the one that had it the number 2, and so on. Logback's own policy reads the path as a
 * pattern, and fails where a folder has a per cent sign in its name.
 */
final class NumberedFiles implements RollingPolicy {
    private final Path file;
    private final int kept;
    private boolean started;

    /** @param kept how many full files stay */
    NumberedFiles(Path file, int kept) {
        this.file = file;
        this.kept = kept;
    }

    @Override
    public void rollover() throws RolloverFailure {
        try {
            for (int number = kept; number > 1; number--) {
                move(numbered(number - 1), numbered(number));
            }
            move(file, numbered(1));
        } catch (IOException e) {
            throw new RolloverFailure("cannot rename " + file + ": " + IoErrors.of(e), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private Path numbered(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public String getActiveFileName() {
        return file.toString();
    }

    @Override
    public CompressionMode getCompressionMode() {
        return CompressionMode.NONE;
    }

    @Override
    public void setParent(FileAppender<?> appender) {
        // The names need nothing of the appender.
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public void stop() {
        started = false;
    }

    @Override
    public boolean isStarted() {
        return started;
    }
}
