package dev.wattline.protocol;

import dev.wattline.model.Phase;
import dev.wattline.protocol.ControlRequest.BadSessionCommand;
import dev.wattline.protocol.ControlRequest.Cleanup;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.Download;
import dev.wattline.protocol.ControlRequest.Extension;
import dev.wattline.protocol.ControlRequest.ManualRange;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.Note;
import dev.wattline.protocol.ControlRequest.Proof;
import dev.wattline.protocol.ControlRequest.SetNtp;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.Stop;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.ControlRequest.Time;
import dev.wattline.protocol.ControlRequest.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** See {@link ControlRequest#parse}. Which odd line gets which error is what the reference director was seen to do. */
final class RequestParser {
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,3}");

    private RequestParser() {}

    static ControlRequest parse(String line) {
        List<String> fields = List.of(line.split(",", -1));
        return switch (fields.get(0)) {
            case "time" -> new Time();
            case "set_ntp" -> new SetNtp();
            case "stop" -> new Stop();
            case "new" -> fields.size() == 3 ? new New(fields.get(1), fields.get(2)) : unknown(line);
            case "session" ->
                fields.size() >= 3 ? session(line, fields.get(1), fields.subList(2, fields.size())) : unknown(line);
            case "download" -> download(line, fields);
            case "cleanup" -> fields.size() >= 2 ? new Cleanup(fields.get(1)) : exception(line);
            case "wattline" -> extension(line, fields);
            case "wattline-proof" -> fields.size() == 2 ? new Proof(fields.get(1)) : unknown(line);
            case "wattline-note" -> note(line);
            default -> unknown(line);
        };
    }

    private static ControlRequest session(String line, String id, List<String> command) {
        boolean start = command.get(0).equals("start");
        if (start && command.size() == 1) {
            return new BadSessionCommand(id, line, Replies.EXCEPTION);
        }
        if (command.equals(List.of("done"))) {
            return new Done(id);
        }
        Optional<Phase> phase = command.size() >= 2 ? Phase.ofWord(command.get(1)) : Optional.empty();
        if (phase.isPresent() && command.size() == 2) {
            if (start) {
                return new StartPhase(id, phase.get());
            }
            if (command.get(0).equals("stop")) {
                return new StopPhase(id, phase.get());
            }
        }
        if (start && phase.equals(Optional.of(Phase.TESTING)) && command.size() == 4) {
            return new StartPhase(id, Phase.TESTING, Optional.of(new ManualRange(command.get(2), command.get(3))));
        }
        return new BadSessionCommand(id, line, Replies.UNKNOWN_SESSION_COMMAND);
    }

    private static ControlRequest download(String line, List<String> fields) {
        if (fields.size() < 2) {
            return exception(line);
        }
        return fields.size() == 3 ? new Download(fields.get(1), fields.get(2)) : unknown(line);
    }

    private static ControlRequest extension(String line, List<String> fields) {
        if (fields.size() < 2 || !VERSION.matcher(fields.get(1)).matches()) {
            return unknown(line);
        }
        return new Extension(Integer.parseInt(fields.get(1)), fields.subList(2, fields.size()));
    }

    private static ControlRequest note(String line) {
        String[] fields = line.split(",", 3);
        return fields.length == 3 ? new Note(fields[1], fields[2]) : unknown(line);
    }

    private static ControlRequest unknown(String line) {
        return new Unknown(line, Replies.ERROR);
    }

    private static ControlRequest exception(String line) {
        return new Unknown(line, Replies.EXCEPTION);
    }
}
