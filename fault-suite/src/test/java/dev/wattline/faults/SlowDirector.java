package dev.wattline.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.wattline.files.FileHashes;
import dev.wattline.model.PtdTime;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.TimeSource;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A director as a process of its own that speaks plain v3 and, like the reference, needs a time for the answer to
 * {@code stop,testing} that grows with the square of the number of samples. It has no analyzer: it makes its samples up, as
 * many as its caller wants, so that a short run has as many as a long one. Serves one connection and ends.
 */
final class SlowDirector {
    /** In place of a time: the answer comes when the client has given it up and asks something else. */
    static final double UNTIL_ASKED_AGAIN = -1;

    private static final String ID = "2026-11-22_04-48-34_slow";

    private final TimeSource time = TimeSource.system();
    private final Map<String, String> files = new TreeMap<>();
    private final int count;
    private final double nanosForEachSquare;
    private Instant started = Instant.EPOCH;

    private SlowDirector(int count, double nanosForEachSquare) {
        this.count = count;
        this.nanosForEachSquare = nanosForEachSquare;
        files.put("power/ptd_logs.txt", "nothing\n");
        files.put("power/server.log", "nothing\n");
    }

    /** Takes the number of a phase's samples, and ns by which the answer is late for each unit of its square. */
    public static void main(String[] words) throws IOException, InterruptedException {
        SlowDirector director = new SlowDirector(Integer.parseInt(words[0]), Double.parseDouble(words[1]));
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println("ready: listening on 127.0.0.1:" + server.getLocalPort());
            try (Socket client = server.accept()) {
                director.serve(new BufferedInputStream(client.getInputStream()), client.getOutputStream());
            }
        }
    }

    private void serve(InputStream in, OutputStream out) throws IOException, InterruptedException {
        for (String line = line(in); line != null; line = line(in)) {
            out.write(
                    line.startsWith("download," + ID) ? file(line) : (answer(line, in) + "\r\n").getBytes(ISO_8859_1));
            out.flush();
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                return line.toString(ISO_8859_1).stripTrailing();
            }
            line.write(b);
        }
        return null;
    }

    private byte[] file(String line) {
        String name = line.substring(line.lastIndexOf(',') + 1);
        String content = name.equals("power/server.json") ? summary() : files.getOrDefault(name, "");
        byte[] bytes = content.getBytes(ISO_8859_1);
        String all = bytes.length == 0 ? "0\r\n" : bytes.length + "\r\n" + content + "0\r\n";
        return all.getBytes(ISO_8859_1);
    }

    private String summary() {
        String results = files.entrySet().stream()
                .map(file -> "\"" + file.getKey() + "\": \""
                        + FileHashes.sha1(file.getValue().getBytes(ISO_8859_1)) + "\"")
                .collect(Collectors.joining(", "));
        return "{\"version\": \"1.0\", \"messages\": [], \"results\": {" + results + "}}";
    }

    private String answer(String line, InputStream in) throws IOException, InterruptedException {
        if (line.equals("mlcommons/power client v3")) {
            return "mlcommons/power server v3";
        } else if (line.equals("time")) {
            return PythonFloat.repr(time.epochSeconds());
        } else if (line.startsWith("new,")) {
            return "OK " + ID + ",908a8672-ea95-4981-b97a-05a9360c0d8f";
        } else if (line.startsWith("session," + ID + ",start,")) {
            started = time.now();
            return "OK";
        } else if (line.equals("session," + ID + ",stop,ranging")) {
            samples("ranging/spl.txt", "ranging");
            return "OK";
        } else if (line.equals("session," + ID + ",stop,testing")) {
            if (files.containsKey("run_1/spl.txt")) {
                return "OK"; // asked once more, as the reference answers then
            }
            samples("run_1/spl.txt", "testing");
            files.put("run_1/ptd_out.txt", "nothing\n");
            if (nanosForEachSquare == UNTIL_ASKED_AGAIN) {
                in.mark(1);
                boolean asked = in.read() >= 0;
                in.reset();
                return asked ? "OK" : "Error";
            }
            Duration late = Duration.ofNanos(Math.round(nanosForEachSquare * count * count));
            System.out.println(count + " samples: the answer takes " + late.toMillis() + " ms");
            // Nothing can happen meanwhile, as in the reference, which has one thread.
            boolean unused = new CountDownLatch(1).await(late.toNanos(), TimeUnit.NANOSECONDS);
            return "OK";
        }
        return line.equals("session," + ID + ",done") || line.equals("cleanup," + ID) ? "OK" : "Error";
    }

    /** Makes up samples from the phase's start on until now. */
    private void samples(String file, String phase) {
        long nanos = Duration.between(started, time.now()).toNanos();
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Instant at = started.plusNanos(nanos / count * i);
            rows.append("Time,").append(PtdTime.format(at)).append(",Watts,150.0,Volts,230.0,Amps,0.7,PF,0.9,Mark,");
            rows.append(ID).append('_').append(phase).append('\n');
        }
        files.put(file, rows.append('\n').toString());
    }
}
