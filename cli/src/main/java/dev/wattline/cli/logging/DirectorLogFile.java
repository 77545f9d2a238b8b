package dev.wattline.cli.logging;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.wattline.model.IoErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.LoggerFactory;

/** The director's own log beside stderr: 10 MB a file, the last five kept. */
public final class DirectorLogFile {
    private static final String NAME = "director-log";
    private static final int KEPT = 5;
    private static final long BYTES = 10L * 1024 * 1024;
    private static final Duration BETWEEN_LOOKS = Duration.buildBySeconds(10); // at the file's size

    private DirectorLogFile() {}

    /**
     * Writes all that is logged from now on to this file too.
     *
     * @throws DirectorLogException if it cannot be written
     */
    public static void attach(Path file) {
        attach(file, BYTES, BETWEEN_LOOKS);
    }

    static void attach(Path file, long bytes, Duration betweenLooks) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("the program logs by something else than Logback");
        }
        requireWritable(file); // Logback would go on without a word
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setName(NAME);
        appender.setFile(file.toString());
        appender.setEncoder(LogLayout.encoder(context, Logging.settings().program()));
        NumberedFiles older = new NumberedFiles(file, KEPT);
        older.setParent(appender);
        older.start();
        appender.setRollingPolicy(older);
        appender.setTriggeringPolicy(size(context, bytes, betweenLooks));
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    /** Ends what {@link #attach} began. */
    static void detach() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.getAppender(NAME).stop();
            root.detachAppender(NAME);
        }
    }

    private static void requireWritable(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException e) {
            throw new DirectorLogException(
                    "cannot write the director's log " + file + ": " + IoErrors.of(e),
                    "Set logFile in section [wattline] of the configuration to a file that can be written.",
                    e);
        }
    }

    private static SizeBasedTriggeringPolicy<ILoggingEvent> size(
            LoggerContext context, long bytes, Duration betweenLooks) {
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(bytes));
        size.setCheckIncrement(betweenLooks);
        size.start();
        return size;
    }
}
