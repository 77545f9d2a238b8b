package dev.wattline.sut.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wattline.files.FileHashes;
import dev.wattline.model.PythonFloat;
import dev.wattline.model.TimeSource;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The answers of a director that has no analyzer but keeps to the protocol; a test overrides single ones. */
class SimpleDirector implements ScriptedDirector.Script {
    static final String ID = "2026-11-22_04-48-34_rig";
    static final String UUID = "908a8672-ea95-4981-b97a-05a9360c0d8f";

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, String> replies = new HashMap<>();
    private final boolean extended;

    SimpleDirector(boolean extended) {
        this.extended = extended;
        for (String name : new String[] {
            "power/ptd_logs.txt", "ranging/spl.txt", "power/server.log", "run_1/spl.txt", "run_1/ptd_out.txt"
        }) {
            files.put(name, ("content of " + name + "\n").getBytes(UTF_8));
        }
    }

    /** Has no such file, which its summary then does not list. */
    void forget(String file) {
        files.remove(file);
    }

    /** Answers this line, exactly, with that one. */
    SimpleDirector reply(String line, String reply) {
        replies.put(line, reply);
        return this;
    }

    byte[] content(String name) {
        return name.equals("power/server.json") ? serverJson() : files.getOrDefault(name, new byte[0]);
    }

    @Override
    public byte[] answer(String line) {
        String scripted = replies.get(line);
        if (scripted != null) {
            return ScriptedDirector.line(scripted);
        }
        if (line.startsWith("download,")) {
            return ScriptedDirector.file(content(line.substring(line.lastIndexOf(',') + 1)));
        }
        return ScriptedDirector.line(reply(line));
    }

    private String reply(String line) {
        if (line.equals("mlcommons/power client v3")) {
            return "mlcommons/power server v3";
        }
        if (line.startsWith("wattline,1")) {
            return extended ? "OK wattline,1,progress,live,events" : "Error";
        }
        if (line.equals("time")) {
            return PythonFloat.repr(TimeSource.system().epochSeconds());
        }
        if (line.startsWith("new,")) {
            return "OK " + ID + "," + UUID;
        }
        boolean known = line.equals("stop")
                || line.equals("set_ntp")
                || line.equals("cleanup," + ID)
                || line.startsWith("wattline-note,")
                || line.matches("session," + ID + ",(start,testing(,.+)?|start,ranging|stop,(ranging|testing)|done)");
        return known ? "OK" : "Error";
    }

    private byte[] serverJson() {
        String results = files.entrySet().stream()
                .map(file -> "\"" + file.getKey() + "\": \"" + FileHashes.sha1(file.getValue()) + "\"")
                .collect(Collectors.joining(", "));
        return ("{\"version\": \"1.0\", \"messages\": [], \"results\": {" + results + "}}").getBytes(UTF_8);
    }
}
