package dev.wattline.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.wattline.model.PythonLogTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;

/**
 * A log line in the form that users of the Python tool know, {@code director 2026-11-22 09:30:00,125 [INFO] message}, in
 * local time. Immutable but for what its base class needs.
 */
final class LogLayout extends LayoutBase<ILoggingEvent> {
    private final String program;
    private final ZoneId zone;

    LogLayout(String program) {
        this(program, ZoneId.systemDefault());
    }

    LogLayout(String program, ZoneId zone) {
        this.program = program;
        this.zone = zone;
    }

    /** What appenders write lines of this form with, in UTF-8; started. */
    static Encoder<ILoggingEvent> encoder(Context context, String program) {
        LogLayout layout = new LogLayout(program);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        return encoder;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        Instant at = Instant.ofEpochMilli(event.getTimeStamp());
        StringBuilder line = new StringBuilder(120)
                .append(program)
                .append(' ')
                .append(PythonLogTime.format(at, zone))
                .append(" [")
                .append(event.getLevel())
                .append("] ")
                .append(event.getFormattedMessage())
                .append(System.lineSeparator());
        IThrowableProxy failure = event.getThrowableProxy();
        if (failure != null) {
            line.append(ThrowableProxyUtil.asString(failure));
        }
        return line.toString();
    }
}
