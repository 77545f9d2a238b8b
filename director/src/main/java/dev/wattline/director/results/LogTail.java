package dev.wattline.director.results;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Follows a file that another process appends to, line by line, without holding it open. For one thread. */
public final class LogTail {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final ByteArrayOutputStream unended = new ByteArrayOutputStream(); // the line that is still being written
    private long position;

    /** A tail that begins at the start of the file, which need not exist yet. */
    public LogTail(Path file) {
        this.file = file;
    }

    /**
     * Leaves out what the file holds now, and returns the whole lines among the last of its bytes.
     *
     * @throws IOException if the file is there but cannot be read
     */
    public List<String> skip(int lastBytes) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        position = Math.max(0, size - lastBytes);
        unended.reset();
        List<String> lines = poll();
        return position > lastBytes && !lines.isEmpty() ? lines.subList(1, lines.size()) : lines; // the first was cut
    }

    /**
     * The lines that were completed since the last call, without their ends.
     *
     * @throws IOException if the file is there but cannot be read
     */
    public List<String> poll() throws IOException {
        List<String> lines = new ArrayList<>();
        if (!Files.exists(file)) {
            return lines;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(position);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) > 0) {
                buffer.flip();
                position += buffer.remaining();
                take(buffer, lines);
                buffer.clear();
            }
        }
        return lines;
    }

    private void take(ByteBuffer buffer, List<String> lines) {
        while (buffer.hasRemaining()) {
            byte b = buffer.get();
            if (b == '\n') {
                lines.add(unended.toString(StandardCharsets.UTF_8).stripTrailing());
                unended.reset();
            } else {
                unended.write(b);
            }
        }
    }
}
