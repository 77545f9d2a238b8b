package dev.wattline.protocol;

import java.nio.file.Path;

/** The answer to a download; a file that cannot be opened is answered {@link Replies#EXCEPTION} instead. */
public record SendFile(Path file) implements ControlAnswer {}
