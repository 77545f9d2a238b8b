package dev.wattline.protocol.client;

import java.nio.file.Path;
import java.time.Duration;

/** A file that arrived whole: where it is, its bytes, and how long the transfer took. */
public record Downloaded(Path file, long bytes, Duration took) {}
