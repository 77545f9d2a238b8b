package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.wattline.protocol.ControlReply.Ok;
import dev.wattline.protocol.ControlReply.Value;
import dev.wattline.protocol.ControlRequest.Cleanup;
import dev.wattline.protocol.ControlRequest.Done;
import dev.wattline.protocol.ControlRequest.Download;
import dev.wattline.protocol.ControlRequest.New;
import dev.wattline.protocol.ControlRequest.StartPhase;
import dev.wattline.protocol.ControlRequest.Stop;
import dev.wattline.protocol.ControlRequest.StopPhase;
import dev.wattline.protocol.ControlRequest.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A session between the reference client and the reference director, as it went over the wire. */
class TranscriptTest {
    private static final Pattern LINE = Pattern.compile("\\S+ #\\d+ ([CS])>[CS] +(\\d+) (.*)");

    private record Sent(boolean byClient, int bytes, String text) {}

    @Test
    void everyLineOfTheReferenceIsUnderstoodAndWrittenAlike() throws IOException {
        List<Sent> transcript = transcript();
        List<ControlRequest> requests = new ArrayList<>();
        for (int i = 2; i < transcript.size(); i++) {
            Sent sent = transcript.get(i);
            if (!sent.byClient() || sent.bytes() == 0) {
                continue;
            }
            String line = oneLine(sent);
            ControlRequest request = ControlRequest.parse(line);
            assertThat(request.line()).isEqualTo(line);
            requests.add(request);
            reply(request, transcript.get(i + 1));
        }
        assertThat(oneLine(transcript.get(0))).isEqualTo(ControlProtocol.CLIENT_MAGIC);
        assertThat(oneLine(transcript.get(1))).isEqualTo(ControlProtocol.SERVER_MAGIC);
        assertThat(requests)
                .extracting(Object::getClass)
                .containsExactly(
                        Stop.class,
                        Time.class,
                        New.class,
                        Time.class,
                        StartPhase.class,
                        Time.class,
                        Time.class,
                        StopPhase.class,
                        Time.class,
                        Time.class,
                        StartPhase.class,
                        Time.class,
                        Time.class,
                        StopPhase.class,
                        Time.class,
                        Done.class,
                        Download.class,
                        Download.class,
                        Download.class,
                        Download.class,
                        Download.class,
                        Download.class,
                        Cleanup.class);
        assertThat(requests)
                .filteredOn(Download.class::isInstance)
                .extracting(request -> ((Download) request).file())
                .isEqualTo(ControlProtocol.SESSION_FILES);
    }

    private static void reply(ControlRequest request, Sent sent) {
        if (request instanceof Download) {
            assertThat(sent.text()).matches("\\d+\\\\r\\\\n.*");
            return;
        }
        String line = oneLine(sent);
        ControlReply reply = ControlReply.parse(line);
        assertThat(reply.line()).isEqualTo(line);
        if (request instanceof Time) {
            assertThat(((Value) reply).epochSeconds())
                    .hasValueSatisfying(
                            time -> assertThat(ControlReply.time(time)).isEqualTo(reply));
        } else if (request instanceof New) {
            assertThat(((Ok) reply).opened()).isPresent();
        } else {
            assertThat(reply.isOk()).isTrue();
        }
    }

    private static String oneLine(Sent sent) {
        assertThat(sent.text()).endsWith("\\r\\n").hasSize(sent.bytes() + 2);
        return sent.text().substring(0, sent.text().length() - "\\r\\n".length());
    }

    private static List<Sent> transcript() throws IOException {
        Path file = find("shared/data/wire/wire-v3.txt");
        if (file == null) {
            return abort("skipped: the recorded transcripts (shared/data/wire) are not here");
        }
        List<Sent> transcript = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = LINE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            transcript.add(
                    new Sent(matcher.group(1).equals("C"), Integer.parseInt(matcher.group(2)), matcher.group(3)));
        }
        return transcript;
    }

    /** Looks beside this checkout and beside the folders above it. */
    private static @Nullable Path find(String relative) {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path candidate = folder.resolve(relative);
            if (Files.isRegularFile(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
