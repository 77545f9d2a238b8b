package dev.wattline.cli.options;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time zone from the command line and says in words what is none. */
public final class ZoneConverter implements ITypeConverter<ZoneId> {
    @Override
    public ZoneId convert(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            String meant = ZoneId.getAvailableZoneIds().stream()
                    .filter(zone -> zone.equalsIgnoreCase(text)
                            || zone.toLowerCase(Locale.ROOT).endsWith("/" + text.toLowerCase(Locale.ROOT)))
                    .min(Comparator.naturalOrder())
                    .map(zone -> "did you mean " + zone + "?")
                    .orElse("give one such as America/Los_Angeles or +02:00");
            throw new TypeConversionException("'" + text + "' is no time zone; " + meant);
        }
    }
}
