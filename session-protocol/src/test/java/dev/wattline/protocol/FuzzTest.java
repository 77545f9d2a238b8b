package dev.wattline.protocol;

import static org.assertj.core.api.Assertions.fail;

import dev.wattline.protocol.live.Agreement;
import dev.wattline.protocol.live.PushedLine;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million random and mutated lines through every parser of both ends: none may throw, none may lose its line. */
class FuzzTest {
    private static final int LINES = 250_000; // for each seed
    private static final List<String> SEEDS = List.of(
            "time",
            "set_ntp",
            "new,rig,8c14f61d-1776-4b23-b328-083fba3d64a8",
            "session,2026-11-22_04-48-34_rig,start,testing,300.0,5.0",
            "session,*,stop,ranging",
            "download,2026-11-22_04-48-34_rig,power/ptd_logs.txt",
            "cleanup,2026-11-22_04-48-34_rig",
            "wattline,1,progress,live",
            "wattline-note,gap,text",
            "OK 2026-11-22_04-48-34_rig,908a8672-ea95-4981-b97a-05a9360c0d8f",
            "OK wattline,1,events,nonce=00ff",
            "Error: exception",
            "1795322926.0440564",
            "* progress,elapsed=3.0,expected=23.5,text=settling",
            "* live,at=2026-11-22T04:48:46.343Z,phase=ranging,watts=199.96,samples=12",
            "* event,severity=fatal,at=2026-11-22T04:48:46Z,code=ptd-lost,text=gone");

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    void parsersTakeAnything(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < LINES; i++) {
            String line = line(random);
            try {
                ControlRequest request = ControlRequest.parse(line);
                if (request instanceof ControlRequest.New opened) {
                    opened.clientUuid();
                }
                ControlReply reply = ControlReply.parse(line);
                if (!reply.line().equals(line)) {
                    fail("seed " + seed + ", line " + i + ": " + OneLine.quoted(line) + " became " + reply);
                }
                Agreement.of(reply);
                if (reply instanceof ControlReply.Ok ok) {
                    ok.opened();
                } else if (reply instanceof ControlReply.Value value) {
                    value.epochSeconds();
                }
                PushedLine.parse(PushedLine.PREFIX + line);
                HostPort.tryParse(line, 1);
            } catch (RuntimeException e) {
                fail("seed " + seed + ", line " + i + ": " + OneLine.quoted(line), e);
            }
        }
    }

    private static String line(Random random) {
        StringBuilder line = new StringBuilder(random.nextInt(8) == 0 ? "" : SEEDS.get(random.nextInt(SEEDS.size())));
        for (int edits = random.nextInt(6); edits > 0; edits--) {
            int at = random.nextInt(line.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> line.insert(at, character(random));
                case 1 -> line.delete(at, Math.min(line.length(), at + 1 + random.nextInt(8)));
                case 2 -> line.insert(at, SEEDS.get(random.nextInt(SEEDS.size())));
                default -> line.insert(at, String.valueOf(character(random)).repeat(random.nextInt(30)));
            }
        }
        return line.toString();
    }

    private static char character(Random random) {
        String common = ",,,=:*[]0123456789.eE+-_ \t";
        return random.nextBoolean() ? common.charAt(random.nextInt(common.length())) : (char) random.nextInt(0xFFFF);
    }
}
