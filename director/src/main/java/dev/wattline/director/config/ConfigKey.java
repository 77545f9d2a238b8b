package dev.wattline.director.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every key that the director knows: where it stands, its default, what it means. The documentation's table is this one. */
public enum ConfigKey {
    NTP_SERVER("server", "ntpServer", "required", "NTP server that the clocks are checked against: host or host:port"),
    LISTEN("server", "listen", "0.0.0.0 4950", "address and port, with one blank between; port 0 takes a free one"),
    RANGING_MODE("server", "rangingMode", "AUTO", "AUTO, or MAX to range on the device's greatest current range"),

    PTD("ptd", "ptd", "required", "path of the PTDaemon binary"),
    ANALYZER_COUNT("ptd", "analyzerCount", "1", "number of analyzers, each with its section"),

    DEVICE_TYPE("analyzer", "deviceType", "required", "PTDaemon's number for the model, such as 49"),
    INTERFACE_FLAG("analyzer", "interfaceFlag", "required", "-n, -g, -y, -U or empty, handed to PTDaemon"),
    DEVICE_PORT("analyzer", "devicePort", "required", "the analyzer's port, such as /dev/usbtmc0, handed to PTDaemon"),
    NETWORK_PORT("analyzer", "networkPort", "8888", "TCP port of PTDaemon; one for each analyzer"),
    CHANNEL("analyzer", "channel", "none", "one number; for multichannel types 59, 61 and 77 first channel and count"),
    GPIB_BOARD("analyzer", "gpibBoard", "none", "GPIB board number, handed to PTDaemon as -b"),
    DC_FLAG("analyzer", "dcFlag", "none", "-D for a DC meter, handed to PTDaemon"),

    RESULTS_DIR("wattline", "resultsDir", "logs", "folder of the sessions, relative to the configuration file"),
    LOG_FILE("wattline", "logFile", "director.log", "the director's own log, relative to resultsDir; rotated by size"),
    BUSY("wattline", "busy", "reject", "a second client is told so (reject) or waits (queue)"),
    SETTLE("wattline", "settle", "10", "seconds between a range change or the workload's end and the next command"),
    STOP_ON("wattline", "stopOn", "ptd-lost", "live checks that end the phase, or none; see below"),
    ALLOW("wattline", "allow", "all", "networks that may connect, such as 192.168.1.0/24, 127.0.0.1; or all"),
    PLAIN("wattline", "plain", "yes", "no shuts the plain door, which is all that a reference client knows"),
    TLS_LISTEN("wattline", "tlsListen", "none", "address and port of a door with TLS and client certificates"),
    TLS_IDENTITY("wattline", "tlsIdentity", "none", "PKCS #12 file with the director's key and certificate"),
    TLS_TRUSTED("wattline", "tlsTrusted", "none", "PKCS #12 file with the certificates that runners may show"),
    TLS_PASSWORD_FILE("wattline", "tlsPasswordFile", "none", "file whose first line is the password of both"),
    TOKEN_FILE(
            "wattline",
            "tokenFile",
            "none",
            "file whose first line runners must prove to know; shuts reference clients out"),
    WEB("wattline", "web", "none", "address and port of the live page, such as 127.0.0.1 4952"),
    WEB_TOKEN_FILE("wattline", "webTokenFile", "none", "file whose first line viewers of the live page must know"),
    WEB_NAMES(
            "wattline",
            "webNames",
            "none",
            "host names under which browsers ask for the live page, beside localhost and addresses"),
    WEB_TLS("wattline", "webTls", "no", "yes serves the live page by HTTPS with tlsIdentity's certificate"),
    IDLE("wattline", "idle", "900", "seconds that a client may be silent outside phases"),
    HELLO("wattline", "hello", "10", "seconds that a new connection may take to greet"),
    STALL("wattline", "stall", "60", "seconds that a client may take no data of its download"),
    UNACKNOWLEDGED(
            "wattline",
            "unacknowledged",
            "7",
            "seconds that a client's machine may leave unanswered what is sent to it; Linux only"),
    NOTIFY("wattline", "notify", "none", "program that is told of each session's end"),
    SET_CLOCK("wattline", "setClock", "no", "yes lets the director set this machine's clock from ntpServer"),
    PTD_START("wattline", "ptdStart", "60", "seconds from PTDaemon's start to its first answer"),
    PTD_REPLY("wattline", "ptdReply", "5", "seconds for PTDaemon's reply to a query"),
    PTD_RANGE("wattline", "ptdRange", "15", "seconds for PTDaemon to set a range"),
    PTD_READ("wattline", "ptdRead", "30", "seconds for PTDaemon to send the samples"),
    PTD_STOP("wattline", "ptdStop", "10", "seconds for PTDaemon to end when told to; then it is killed"),
    KEEP_DAYS("wattline", "keepDays", "off", "days after which a delivered session may be pruned at start"),
    KEEP_GIGABYTES(
            "wattline", "keepGigabytes", "off", "size above which the oldest delivered sessions are pruned at start"),

    OPS("lab", "ops", "none", "names of tokens or certificates that may start, stop and reserve; see lab.md"),
    VIEW("lab", "view", "none", "names of tokens or certificates that may look at the lab"),
    WIRED("lab", "wired", "none", "name of the measured machine; measured jobs of others are refused then"),
    LAB_TOKENS_FILE(
            "lab", "tokensFile", "none", "file with a name and its token in each line, which others may not read"),
    LAB_PLAIN("lab", "plain", "no", "yes lets agents and ops come from other machines without TLS; needs tokensFile");

    private final String section;
    private final String written;
    private final String fallback;
    private final String meaning;

    ConfigKey(String section, String written, String fallback, String meaning) {
        this.section = section;
        this.written = written;
        this.fallback = fallback;
        this.meaning = meaning;
    }

    /** {@code server}, {@code ptd}, {@code analyzer} (for each {@code [analyzerN]}), {@code wattline} or {@code lab}. */
    public String section() {
        return section;
    }

    /** The key as the documentation writes it; files may use any case. */
    public String written() {
        return written;
    }

    /** The default as text, {@code required} or {@code none}. */
    public String fallback() {
        return fallback;
    }

    public String meaning() {
        return meaning;
    }

    boolean isNamed(String key) {
        return written.equalsIgnoreCase(key);
    }

    static List<ConfigKey> of(String section) {
        return List.of(values()).stream()
                .filter(key -> key.section.equals(section))
                .toList();
    }

    /** The known name that a misspelt one resembles most, as a question; empty if none is near. */
    static String suggestion(String unknown, List<String> known) {
        String nearest = "";
        int least = Math.max(2, unknown.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(unknown.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest.isEmpty() ? "" : ", did you mean '" + nearest + "'?";
    }

    /** Levenshtein's distance. */
    private static int distance(String a, String b) {
        List<Integer> row = new ArrayList<>();
        for (int j = 0; j <= b.length(); j++) {
            row.add(j);
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row.get(0);
            row.set(0, i);
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row.get(j);
                row.set(j, Math.min(replaced, Math.min(row.get(j - 1), row.get(j)) + 1));
            }
        }
        return row.get(b.length());
    }
}
