package dev.wattline.faults;

import java.io.IOException;

/**
 * A client as a process of its own that says what the reference client says in a session, in the same order, and takes
 * down what it does; its workload is a process of its own.
 */
final class PlainClient {
    private PlainClient() {}

    /** Takes the director's address, a label and how many seconds the workload of the testing phase lasts. */
    public static void main(String[] words) throws IOException, InterruptedException {
        try (Client client = Client.greeted(words[0])) {
            ask(client, "time");
            String session = client.open(words[1]);
            phase(client, session, "ranging", "1");
            phase(client, session, "testing", words[2]);
            ask(client, "session," + session + ",done");
            System.out.println("complete: " + session);
        }
    }

    private static void phase(Client client, String session, String phase, String seconds)
            throws IOException, InterruptedException {
        ask(client, "time");
        ask(client, "session," + session + ",start," + phase);
        ask(client, "time");
        workload(seconds);
        ask(client, "time");
        System.out.println(phase + ": compared clocks behind the workload");
        workload("1"); // the reference has nothing to do here; whoever suspends this process needs a moment for it
        ask(client, "session," + session + ",stop," + phase);
        ask(client, "time");
    }

    private static void workload(String seconds) throws IOException, InterruptedException {
        new ProcessBuilder("sleep", seconds).start().waitFor();
    }

    private static void ask(Client client, String line) throws IOException {
        String reply = client.ask(line);
        System.out.println(line + " -> " + reply);
        if (reply.startsWith("Error")) {
            throw new IOException("'" + line + "' was answered " + reply);
        }
    }
}
