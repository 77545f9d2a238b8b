package dev.wattline.sut.telemetry.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The small text files below {@code /sys} and {@code /proc}, one value each. */
public final class SysFile {
    private SysFile() {}

    /** What the file holds, without blanks around; empty if it cannot be read. */
    public static Optional<String> text(Path file) {
        try {
            return Optional.of(
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (IOException e) {
            return Optional.empty(); // absent, denied, or refused by the driver: each is "no value" here
        }
    }

    /** The whole number in the file; empty if there is none. */
    public static Optional<Long> number(Path file) {
        return text(file).filter(text -> text.matches("-?\\d{1,18}")).map(Long::parseLong);
    }

    /** Why a file cannot be read, in a word of the log's {@code status} column; {@code not-a-number} if it can. */
    public static String reason(Path file) {
        try {
            Files.readString(file, StandardCharsets.ISO_8859_1);
            return "not-a-number";
        } catch (NoSuchFileException e) {
            return "absent";
        } catch (AccessDeniedException e) {
            return "denied";
        } catch (IOException e) {
            return "io-error";
        }
    }

    /** What lies in a folder and matches a glob, in the order of the names; nothing if it is not there. */
    public static List<Path> list(Path folder, String glob) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
                entries.forEach(found::add);
            } catch (IOException e) {
                return List.of(); // may not be listed: then nothing of it can be read either
            }
        }
        found.sort(Path::compareTo);
        return found;
    }
}
