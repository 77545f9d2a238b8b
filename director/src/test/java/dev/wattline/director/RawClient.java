package dev.wattline.director;

import dev.wattline.testing.TestDeadlines;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client on a bare socket, so that what goes over the wire is seen as any client sees it. */
public final class RawClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = TestDeadlines.millis(30);

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final List<String> pushed = new ArrayList<>();

    public RawClient(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Connects and greets. */
    public static RawClient greeted(int port) throws IOException {
        RawClient client = new RawClient(port);
        if (!client.ask("mlcommons/power client v3").equals("mlcommons/power server v3")) {
            throw new IOException("not a director");
        }
        return client;
    }

    public String ask(String line) throws IOException {
        send(line);
        return read();
    }

    public void send(String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The next line that was asked for, without its end; unasked ones before it are kept. */
    public String read() throws IOException {
        String line = readAny();
        while (line.startsWith("* ")) {
            pushed.add(line);
            line = readAny();
        }
        return line;
    }

    /** The first unasked line, of those kept and those to come, that holds this text. */
    public String awaitPushed(String text) throws IOException {
        for (String line : pushed) {
            if (line.contains(text)) {
                return line;
            }
        }
        String line = readAny();
        while (!line.contains(text)) {
            pushed.add(line);
            line = readAny();
        }
        pushed.add(line);
        return line;
    }

    /** The unasked lines that were read so far. */
    public List<String> pushed() {
        return List.copyOf(pushed);
    }

    private String readAny() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the director hung up");
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** A file in chunks. */
    public String download(String session, String file) throws IOException {
        send("download," + session + "," + file);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(read()); length > 0; length = Integer.parseInt(read())) {
            content.write(in.readNBytes(length));
        }
        return content.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
