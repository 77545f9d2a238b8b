package dev.wattline.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class LogbackSetupTest {

    @AfterEach
    void usualSettings() {
        Logging.configure("wattline", Logging.Detail.STORY);
    }

    private static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LogbackSetup setup = new LogbackSetup();
        setup.setContext(context);
        setup.configure(context);
        return context;
    }

    @Test
    void storyIsInfoAndVerboseIsDebug() {
        Logging.configure("wattline director", Logging.Detail.STORY);
        assertThat(context().getLogger("dev.wattline.director").isDebugEnabled())
                .isFalse();

        Logging.configure("wattline director", Logging.Detail.VERBOSE);
        assertThat(context().getLogger("dev.wattline.director").isDebugEnabled())
                .isTrue();
    }

    @Test
    void nettysOwnLogIsQuietAlsoWhenVerbose() {
        Logging.configure("wattline director", Logging.Detail.VERBOSE);

        assertThat(context().getLogger("io.netty.channel").getEffectiveLevel()).isEqualTo(Level.WARN);
    }

    @Test
    void linesGoToStderrUnderTheCommandsName() {
        PrintStream err = System.err;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(caught, true, StandardCharsets.UTF_8));
            Logging.configure("wattline director", Logging.Detail.STORY);
            Logger logger = context().getLogger("any");
            logger.info("ready");
            logger.debug("not shown");
        } finally {
            System.setErr(err);
        }
        assertThat(caught.toString(StandardCharsets.UTF_8).strip())
                .matches("director [0-9-]{10} [0-9:]{8},[0-9]{3} \\[INFO] ready");
    }
}
