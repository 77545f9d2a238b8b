package dev.wattline.compliance;

import dev.wattline.compliance.python.PyRepr;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.compliance.run.CheckOptions;
import dev.wattline.compliance.run.SessionChecker;
import dev.wattline.compliance.run.SessionReport;
import dev.wattline.files.FileHashes;
import dev.wattline.model.PtdTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A small session made by hand, in the forms of round v5.1, that passes every check: two phases of 100 s, the load within
 * them 60 s, 250 W, one sample a second.
 */
public final class SyntheticSession {
    /** The session's name. */
    public static final String NAME = "2025-07-28_15-00-00";

    /** When ranging was ordered, s since the epoch. */
    public static final long START = Instant.parse("2025-07-28T15:00:00Z").getEpochSecond();

    private static final long TESTING = 200; // s after START
    private static final String STARTED =
            "Starting untimed measurement, maximum 500000 samples at 1000ms with 0 rampup samples";
    private static final String IDENTITY = "YokogawaWT310E,1000,1,1,1,1,0,1,1,version=1.11.1-69286632-20240907,"
            + "OS=Linux 6.1.0,mode=power,1,1,1,0,0,no_cal_date,YOKOGAWA;WT310E;C3XX00000E;F1.04";
    private static final List<String[]> DIALOGUE = List.of(
            pair("Hello", "Hello, PTDaemon here!"),
            pair("Identify", IDENTITY),
            pair("RR", "Ranges,0,2.000000,1,300.000000"),
            pair("SR,V,Auto", "Range V changed"),
            pair("SR,A,Auto", "Range A changed"),
            pair("SR,A,Auto", "Range A changed"),
            pair("Go,1000,0," + NAME + "_ranging", STARTED),
            pair("Stop", "Stopping untimed measurement"),
            pair("RL,*,*", "Invalid number of parameters"),
            pair("RL", "Last 100 samples"),
            pair("Uncertainty", "Uncertainty,-1.0,10000000.000000,0.000000,100,0,0,100"),
            pair("Watts", "Watts,250.000000,250.000000,250.000000,100,0,100"),
            pair("SR,V,230.000000", "Range V changed"),
            pair("SR,A,1.21", "Range A changed"),
            pair("Go,1000,0," + NAME + "_testing", STARTED),
            pair("Stop", "Stopping untimed measurement"),
            pair("RL,*,*", "Invalid number of parameters"),
            pair("RL", "Last 100 samples"),
            pair("Uncertainty", "Uncertainty,0.004000,0.003900,0.004100,100,0,100,0"),
            pair("Watts", "Watts,250.000000,250.000000,250.000000,100,0,100"),
            pair("SR,V,Auto", "Range V changed"),
            pair("SR,A,2.000000", "Range A changed"));

    private final Path folder;

    private SyntheticSession(Path folder) {
        this.folder = folder;
    }

    private static String[] pair(String command, String reply) {
        return new String[] {command, reply};
    }

    /** Writes the session into a folder that it makes. */
    public static SyntheticSession create(Path folder) {
        SyntheticSession session = new SyntheticSession(folder);
        session.write("ranging/spl.txt", spl(START + 25, "ranging"));
        session.write("run_1/spl.txt", spl(START + TESTING + 25, "testing"));
        session.write("ranging/mlperf_log_detail.txt", detail(START + 40));
        session.write("run_1/mlperf_log_detail.txt", detail(START + TESTING + 40));
        session.write("ranging/mlperf_log_summary.txt", "Result is : VALID\n");
        session.write("run_1/mlperf_log_summary.txt", "Result is : VALID\n");
        session.write("power/ptd_logs.txt", ptdLog());
        session.write("power/client.log", dialogueLog("Sending command to the server: '"));
        session.write(
                "power/server.log",
                dialogueLog("Got command from the client '")
                        + "x 2025-07-28 15:00:01,000 [INFO] Analyzer [1] is running PTDaemon: ['ptd', '-l', 'f', '-p',"
                        + " '8888', '49', '/dev/usbtmc0']\n");
        session.write("power/client.json", summary(false));
        session.write("power/server.json", summary(true));
        session.rehash();
        return session;
    }

    /** The session's folder. */
    public Path folder() {
        return folder;
    }

    /** The text of a file. */
    public String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a file's text. */
    public SyntheticSession write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file. */
    public SyntheticSession write(String name, byte[] bytes) {
        try {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes a file's text; the change must change something. */
    public SyntheticSession edit(String name, UnaryOperator<String> change) {
        String before = read(name);
        String after = change.apply(before);
        if (after.equals(before)) {
            throw new IllegalStateException("the change of " + name + " changes nothing");
        }
        return write(name, after);
    }

    /** Replaces the first occurrence of a text in a file. */
    public SyntheticSession replace(String name, String text, String by) {
        return edit(name, content -> {
            int at = content.indexOf(text);
            return at < 0 ? content : content.substring(0, at) + by + content.substring(at + text.length());
        });
    }

    /** Removes a file. */
    public SyntheticSession delete(String name) {
        try {
            Files.delete(folder.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records the files' hashes in both summaries anew. */
    public SyntheticSession rehash() {
        record(
                "power/client.json",
                List.of(
                        "power/client.log",
                        "ranging/mlperf_log_detail.txt",
                        "ranging/mlperf_log_summary.txt",
                        "run_1/mlperf_log_detail.txt",
                        "run_1/mlperf_log_summary.txt"));
        record(
                "power/server.json",
                List.of("power/ptd_logs.txt", "power/server.log", "ranging/spl.txt", "run_1/spl.txt"));
        return this;
    }

    private void record(String summary, List<String> files) {
        StringBuilder results = new StringBuilder("\"results\": {");
        String separator = "";
        for (String file : files) {
            if (Files.exists(folder.resolve(file))) {
                try {
                    results.append(separator).append("\n\"").append(file).append("\": \"");
                    results.append(FileHashes.sha1(folder.resolve(file))).append('"');
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                separator = ",";
            }
        }
        String json = read(summary);
        int from = json.indexOf("\"results\": {");
        int to = json.indexOf('}', from);
        write(summary, json.substring(0, from) + results + json.substring(to));
    }

    /** The report by the newest rules. */
    public SessionReport check() {
        return check(Rounds.LATEST);
    }

    /** The report by a round's rules. */
    public SessionReport check(String round) {
        return new SessionChecker(new CheckOptions(round, "Offline", true)).check(folder);
    }

    /** The result of one official check by the newest rules. */
    public CheckResult check(SyntheticCheck which) {
        return check().checks().stream()
                .filter(check -> check.name().equals(which.officialName()))
                .findFirst()
                .orElseThrow();
    }

    /** The official checks, for tests. */
    public enum SyntheticCheck {
        SOURCES("Check server sources checksum"),
        PTD("Check PTD commands and replies"),
        UUID("Check UUID"),
        NAME("Check session name"),
        TIME("Check time difference"),
        MESSAGES("Check client server messages"),
        RESULTS("Check results checksum"),
        LOG("Check errors and warnings from PTD logs"),
        CONFIG("Check PTD configuration"),
        DEBUG("Check debug is disabled on server-side");

        private final String officialName;

        SyntheticCheck(String officialName) {
            this.officialName = officialName;
        }

        String officialName() {
            return officialName;
        }
    }

    /** A time of PTDaemon's, so many seconds after the start. */
    public static String stamp(double seconds) {
        return PtdTime.format(Instant.ofEpochMilli(Math.round((START + seconds) * 1000)));
    }

    private static String spl(long from, String phase) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            rows.append("Time,").append(PtdTime.format(Instant.ofEpochMilli((from + i) * 1000 + 300)));
            rows.append(",Watts,250.000000,Volts,230.000000,Amps,1.100000,PF,0.988000,Mark,");
            rows.append(NAME).append('_').append(phase).append('\n');
        }
        return rows.append('\n').toString();
    }

    private static String detail(long begin) {
        return line("loadgen_version", "\"5.1 @ 0000000000\"")
                + line("effective_scenario", "\"Offline\"")
                + line("power_begin", '"' + PtdTime.format(Instant.ofEpochSecond(begin)) + '"')
                + line("power_end", '"' + PtdTime.format(Instant.ofEpochSecond(begin + 60)) + '"')
                + line("result_validity", "\"VALID\"")
                + line("result_query_count", "6000")
                + line("result_samples_per_second", "1000");
    }

    private static String line(String key, String value) {
        return ":::MLLOG {\"key\": \"" + key + "\", \"value\": " + value + ", \"time_ms\": 1.0}\n";
    }

    private static String ptdLog() {
        StringBuilder log = new StringBuilder("Analyzer 1\n   Version 1.11.1-69286632-20240907   \n");
        log.append(stamp(1)).append(": Uncertainty checking for YokogawaWT310E is activated\n");
        for (String[] message : DIALOGUE) {
            long at = message[0].contains("_testing") ? TESTING + 25 : message[0].contains("_ranging") ? 25 : 2;
            if (message[0].equals("SR,V,230.000000")) {
                log.append(stamp(150)).append(": Volt range set to 300.000000V\n");
            } else if (message[0].equals("SR,A,1.21")) {
                log.append(stamp(150)).append(": Amp range set to 2.000000A\n");
            } else if (message[0].startsWith("Go,")) {
                log.append(stamp((double) at))
                        .append(": Go with mark '")
                        .append(message[0].substring(10))
                        .append("'\n");
            }
            log.append(stamp((double) at))
                    .append(": Response to client sent: ")
                    .append(message[1])
                    .append('\n');
            if (message[0].startsWith("Go,") && at < TESTING) {
                log.append(stamp(at + 0.3)).append(": ERROR: Can't evaluate uncertainty of this sample!\n");
            }
            if (message[0].equals("Stop")) {
                boolean testing = log.indexOf("_testing'") >= 0;
                log.append(stamp((double) (testing ? TESTING + 125 : 125))).append(": Completed test\n");
                log.append(stamp((double) (testing ? TESTING + 125 : 125)))
                        .append(": Avg watts 250.000000, min watts 250.000000,"
                                + " max watts 250.000000, samples 100, errors 0, valid 100\n");
            }
        }
        return log.toString();
    }

    private static final List<String[]> MESSAGES = List.of(
            pair("mlcommons/power client v3", "mlcommons/power server v3"),
            pair("new,,11111111-2222-4333-8444-555555555555", "OK " + NAME + ",66666666-7777-4888-8999-aaaaaaaaaaaa"),
            pair("session," + NAME + ",start,ranging", "OK"),
            pair("session," + NAME + ",stop,ranging", "OK"),
            pair("session," + NAME + ",start,testing", "OK"),
            pair("session," + NAME + ",stop,testing", "OK"));

    private static String dialogueLog(String label) {
        StringBuilder log = new StringBuilder();
        MESSAGES.forEach(message -> log.append("x 2025-07-28 15:00:00,000 [INFO] ")
                .append(label)
                .append(message[0])
                .append("'\n"));
        return log.toString();
    }

    private static String summary(boolean server) {
        double shift = server ? 0 : 0.01;
        StringBuilder json =
                new StringBuilder("{\n\"version\": \"1.0\",\n\"timezone\": 0,\n\"modules\": {},\n\"sources\": ");
        json.append(PyRepr.repr(Rounds.latest().sources().get(0)).replace('\'', '"'));
        json.append(",\n\"messages\": [");
        double[][] times = {
            {-1, -0.9}, {-0.8, -0.7}, {0, 25}, {115, 126}, {TESTING, TESTING + 25}, {TESTING + 115, TESTING + 126}
        };
        for (int i = 0; i < MESSAGES.size(); i++) {
            json.append(i == 0 ? "\n" : ",\n");
            json.append(String.format(
                    Locale.ROOT,
                    "{\"cmd\": \"%s\", \"cmd_time\": %.3f, \"reply\": \"%s\", \"reply_time\": %.3f}",
                    MESSAGES.get(i)[0],
                    START + times[i][0] + shift,
                    MESSAGES.get(i)[1],
                    START + times[i][1] + shift));
        }
        json.append("],\n\"uuid\": {\"client\": \"11111111-2222-4333-8444-555555555555\","
                + " \"server\": \"66666666-7777-4888-8999-aaaaaaaaaaaa\"},\n\"session_name\": \"" + NAME + "\",\n");
        json.append("\"results\": {},\n\"phases\": {\"ranging\": ").append(marks(0, shift));
        json.append(", \"testing\": ").append(marks(TESTING, shift)).append('}');
        if (server) {
            json.append(",\n\"ptd_messages\": [");
            String separator = "\n";
            for (String[] message : DIALOGUE) {
                json.append(separator).append("{\"cmd\": \"").append(message[0]).append("\", \"reply\": \"");
                json.append(message[1]).append("\"}");
                separator = ",\n";
            }
            json.append(
                    "],\n\"ptd_config\": [{\"command\": [\"ptd\", \"-l\", \"f\", \"-p\", \"8888\", \"49\", \"/dev/usbtmc0\"],"
                            + " \"device_type\": 49, \"interface_flag\": \"\", \"dc_flag\": null, \"device_port\": \"/dev/usbtmc0\","
                            + " \"channel\": null}]");
        }
        return json.append("\n}").toString();
    }

    private static String marks(long from, double shift) {
        StringBuilder marks = new StringBuilder("[");
        String separator = "";
        for (double at : new double[] {0, 25, 115, 126}) {
            marks.append(separator)
                    .append(String.format(Locale.ROOT, "[%.3f, %.3f]", START + from + at + shift, 1000 + from + at));
            separator = ", ";
        }
        return marks.append(']').toString();
    }
}
