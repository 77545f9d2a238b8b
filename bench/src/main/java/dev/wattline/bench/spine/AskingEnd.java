package dev.wattline.bench.spine;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.ControlRequest;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.client.ClientOptions;
import dev.wattline.protocol.client.ControlConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The runner's end of a transfer as a process of its own: does what the lines on its standard input say. */
final class AskingEnd {
    private final ControlConnection director;
    private final Path target;

    private AskingEnd(ControlConnection director, Path target) {
        this.director = director;
        this.target = target;
    }

    /** {@code PORT TARGET}: lines {@code exchange N} and {@code download}, each answered by nanoseconds. */
    public static void main(String[] args) throws IOException {
        HostPort address = new HostPort("127.0.0.1", Integer.parseInt(args[0]));
        try (ControlConnection director = ControlConnection.open(address, ClientOptions.defaults());
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            AskingEnd end = new AskingEnd(director, Path.of(args[1]));
            System.out.println("connected");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                end.perform(line.split(" ", -1));
            }
        }
    }

    private void perform(String[] words) {
        if (words[0].equals("exchange")) {
            exchange(Integer.parseInt(words[1]));
        } else {
            System.out.println("download "
                    + director.download("bench", "run_1/spl.txt", target).took().toNanos());
        }
    }

    private void exchange(int count) {
        TimeSource time = TimeSource.system();
        StringBuilder took = new StringBuilder("exchange");
        for (int i = 0; i < count; i++) {
            long begin = time.nanoTime();
            director.exchange(new ControlRequest.Time());
            took.append(' ').append(time.nanoTime() - begin);
        }
        System.out.println(took);
    }
}
