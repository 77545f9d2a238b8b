package dev.wattline.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.wattline.testing.Ports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A campaign of real processes of which one or all are killed at random moments, whose machine is started anew and whose wall
 * clock is set by a day and back, measures the same cells in the same order with the same final states as one that nobody
 * disturbs. A few cells and kills as usual; {@code -Dwattline.campaign.night=true} has 48 cells and 200 kills, five of them
 * reboots, and measures the undisturbed campaign too. {@code -Dwattline.campaign.seed=N} draws other moments.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a campaign runs on Linux")
@ExtendWith(LabExtension.class)
class CampaignNightIT {
    private static final boolean NIGHT = Boolean.getBoolean("wattline.campaign.night");
    private static final long SEED = Long.getLong("wattline.campaign.seed", 15);
    private static final int KILLS = Integer.getInteger("wattline.campaign.kills", NIGHT ? 200 : 3);
    private static final int REBOOT_EACH = NIGHT ? KILLS / 5 : 3;
    private static final int CLOCK_EACH = NIGHT ? KILLS / 4 : 2;
    private static final int LONGEST_MILLIS = NIGHT ? 9000 : 6000;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final Map<String, String> USUAL = Map.of("cap", "700", "boost", "on");

    /** What is killed. */
    private enum Victim {
        LOOP,
        ENGINE,
        RUNNER,
        EVERYTHING,
        DIRECTOR,
        PTD
    }

    private final Random random = new Random(SEED);
    private final Map<Victim, Integer> kills = new HashMap<>();
    private int boots;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void endsAsOneThatNobodyDisturbs(Lab lab) {
        arrange(lab);
        if (NIGHT) {
            Program undisturbed = start(lab, "undisturbed");
            assertThat(undisturbed.awaitExit(Duration.ofHours(3)))
                    .as(undisturbed::output)
                    .isEqualTo(1);
            assertThat(finals(lab, "undisturbed")).isEqualTo(planned(lab, "undisturbed"));
        }
        disturb(lab);
        assertThat(finals(lab, "night")).isEqualTo(planned(lab, "night"));
        if (NIGHT) {
            assertThat(finals(lab, "night")).isEqualTo(finals(lab, "undisturbed"));
        }
        assertThat(settings(lab)).containsExactlyInAnyOrderEntriesOf(USUAL);
        eachRunHadItsSettings(lab);
        lab.rangesAreRestored();
        long attempts = lines(lab, "Attempt").count();
        System.out.println("seed " + SEED + ": " + planned(lab, "night").size() + " cells, " + attempts
                + " attempts, kills " + kills + ", " + (boots - 1) + " reboots, causes " + causes(lab));
    }

    private void arrange(Lab lab) {
        lab.signal("constant,watts=200");
        lab.listen("127.0.0.1 " + Ports.free());
        lab.javaOption("campaign", " -Dwattline.test.boot=" + lab.file("boot"));
        reboot(lab);
        for (String value : List.of("400", "450", "500", "550", "600", "700", "on", "off")) {
            TextFiles.write(lab.file(value), value + "\n");
        }
        lab.startDirector();
        Shell.run(Launcher.shellCommand(
                "workload",
                "--seconds",
                "1",
                "--size",
                "64",
                "-o",
                lab.file("template").toString()));
        TextFiles.write(lab.file("workload.sh"), """
                echo "$WATTLINE_SESSION $(cat @/cap) $(cat @/boost)" >>@/runs
                [ "$1" != fail ] || exit 3
                stamp() { date -u +'%m-%d-%Y %H:%M:%S.%3N'; }
                mkdir -p @/loadgen
                cp @/template/mlperf_log_summary.txt @/loadgen/
                sleep 0.05; begin=$(stamp); sleep 1.2; end=$(stamp); sleep 0.05
                sed -e "s/\\(\\"power_begin\\", \\"value\\": \\"\\)[^\\"]*/\\1$begin/" \\
                    -e "s/\\(\\"power_end\\", \\"value\\": \\"\\)[^\\"]*/\\1$end/" \\
                    @/template/mlperf_log_detail.txt >@/loadgen/mlperf_log_detail.txt
                """.replace(
                        "@", lab.file(".").normalize().toString()));
        write(lab, "agent.yaml", """
                sut: rig
                director: DIRECTOR
                ntp: NTP
                results: results
                workloads:
                  load:
                    command: ["sh", "@/workload.sh", "{n}"]
                    loadgenLogs: @/loadgen
                    params: {n: {values: [1, 2, 3, fail], default: 1}}
                settings:
                  cap:
                    values: [400, 450, 500, 550, 600, 700]
                    apply: ["cp", "@/{value}", "@/cap"]
                    read: ["cat", "@/cap"]
                    expect: "(?<value>[0-9]+)"
                    restore: previous
                  boost:
                    values: [on, off]
                    apply: ["cp", "@/{value}", "@/boost"]
                    read: ["cat", "@/boost"]
                    expect: "(?<value>on|off)"
                    restore: previous
                """.replace("DIRECTOR", lab.directorAddress())
                .replace("NTP", lab.ntpAddress())
                .replace("@", lab.file(".").normalize().toString()));
        for (String name : List.of("night", "undisturbed")) {
            write(lab, name + ".yaml", """
                    campaign: NAME
                    seed: 7
                    matrix:
                      workload: [load]
                      n: [NUMBERS]
                      cap: [CAPS]
                      boost: [BOOSTS]
                    include: [OTHERS]
                    retry: {infrastructure: 1000, invalid: 1000, preparation: 1000, interrupted: 1000, workload: 0, delay: 0s,
                            maxFailures: 1000}
                    """.replace("NAME", name)
                    .replace("NUMBERS", NIGHT ? "1, 2, 3, fail" : "1")
                    .replace("CAPS", NIGHT ? "400, 450, 500, 550, 600" : "500")
                    .replace("BOOSTS", NIGHT ? "on, off" : "off")
                    .replace(
                            "OTHERS",
                            NIGHT
                                    ? List.of("1", "2", "3", "fail").stream()
                                            .map(n -> "{workload: load, n: " + n + "}, {workload: load, n: " + n
                                                    + ", cap: 450}")
                                            .collect(Collectors.joining(", "))
                                    : "{workload: load, n: 2}, {workload: load, n: fail, cap: 400}"));
        }
    }

    private static void write(Lab lab, String name, String text) {
        TextFiles.write(lab.file(name), text);
        Shell.run("chmod go-w '" + lab.file(name) + "'");
    }

    /** What no boot leaves as it was. */
    private void reboot(Lab lab) {
        TextFiles.replace(lab.file("boot"), "boot-" + ++boots + "\n");
        USUAL.forEach((name, value) -> TextFiles.write(lab.file(name), value + "\n"));
    }

    private static Program start(Lab lab, String name) {
        return lab.start(
                "campaign",
                name + "-" + Lab.now(),
                "campaign",
                "-c",
                lab.file("agent.yaml").toString(),
                "run",
                lab.file(name + ".yaml").toString());
    }

    /** Until it is done, which it may not be before the last kill. */
    private void disturb(Lab lab) {
        Program campaign = start(lab, "night");
        int done = 0;
        while (true) {
            int limit = done < KILLS ? 1 + random.nextInt(LONGEST_MILLIS) : 3_600_000;
            boolean ended = campaign.endsWithin(Duration.ofMillis(limit));
            if (ended && lines(lab, "Done").findAny().isPresent()) {
                break;
            }
            if (ended) {
                campaign = start(lab, "night");
            } else if (done < KILLS && kill(lab, campaign)) {
                done++;
                if (done % REBOOT_EACH == 0) {
                    killAll(lab.processes("campaign").stream()
                            .map(Marked.Found::pid)
                            .toList());
                    reboot(lab);
                }
                if (done % CLOCK_EACH == 0 && done < KILLS) {
                    lab.shiftClock("campaign", DAY_MILLIS * (random.nextBoolean() ? 1 : -1));
                } else if (done % CLOCK_EACH == 1) {
                    lab.shiftClock("campaign", 0);
                }
            }
        }
    }

    /** Whether there was somebody to be killed. */
    private boolean kill(Lab lab, Program campaign) {
        Victim victim = Victim.values()[random.nextInt(Victim.values().length)];
        List<Long> found = switch (victim) {
            case LOOP -> List.of(campaign.pid());
            case ENGINE -> jvms(lab, "campaign", " campaign -c ");
            case RUNNER -> jvms(lab, "campaign", " run --job ");
            case EVERYTHING ->
                lab.processes("campaign").stream().map(Marked.Found::pid).toList();
            case DIRECTOR -> List.of(lab.director().pid());
            case PTD -> jvms(lab, "director", " mock-ptd ");
        };
        killAll(found);
        if (victim == Victim.DIRECTOR) {
            lab.director().awaitExit(Lab.PATIENCE);
            lab.startDirector();
        }
        if (!found.isEmpty()) {
            kills.merge(victim, 1, Integer::sum);
        }
        return !found.isEmpty();
    }

    /** Some may end by themselves before it is their turn. */
    private static void killAll(List<Long> pids) {
        pids.forEach(pid -> Shell.attempt("kill -s KILL " + pid));
    }

    private static List<Long> jvms(Lab lab, String program, String words) {
        return lab.processes(program).stream()
                .filter(process -> process.command().contains("dev.wattline.cli.Main")
                        && process.command().contains(words))
                .map(Marked.Found::pid)
                .toList();
    }

    private static Map<String, String> settings(Lab lab) {
        return USUAL.keySet().stream()
                .collect(Collectors.toMap(
                        name -> name, name -> TextFiles.read(lab.file(name)).strip()));
    }

    private static Path folder(Lab lab, String name) {
        return lab.file("results/lab/campaigns/" + name);
    }

    private static Stream<String[]> lines(Lab lab, String kind) {
        Path journal = folder(lab, "night").resolve("journal.log");
        return !Files.exists(journal)
                ? Stream.empty()
                : TextFiles.read(journal)
                        .lines()
                        .map(line -> line.split("\t", -1))
                        .filter(words -> words[1].equals(kind));
    }

    private static Map<String, Long> causes(Lab lab) {
        return lines(lab, "Verdict").collect(Collectors.groupingBy(words -> words[2], Collectors.counting()));
    }

    /** Each cell repeat with the state that it comes to, in the order that was made when the campaign began. */
    private static List<String> planned(Lab lab, String name) {
        return TextFiles.read(folder(lab, name).resolve("order.tsv"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(words -> words[0] + " " + words[1] + (words[2].contains("n=fail") ? " WORKLOAD" : " VALID"))
                .toList();
    }

    /** The same as the journal has them, in the order in which they became final. */
    private static List<String> finals(Lab lab, String name) {
        List<String> all = new ArrayList<>();
        String what = "";
        for (String line :
                TextFiles.read(folder(lab, name).resolve("journal.log")).split("\n", -1)) {
            String[] words = line.split("\t", -1);
            if (words.length > 3 && words[1].equals("Attempt")) {
                what = words[2] + " " + words[3];
            } else if (words.length > 2
                    && words[1].equals("Verdict")
                    && List.of("VALID", "WORKLOAD").contains(words[2])) {
                all.add(what + " " + words[2]);
            }
        }
        return all;
    }

    /** Of a cell without a setting that is the machine's own: what another cell had set was restored before. */
    private static void eachRunHadItsSettings(Lab lab) {
        Map<String, String> cells = TextFiles.read(folder(lab, "night").resolve("order.tsv"))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(words -> words[0], words -> words[2], (one, other) -> one));
        int looked = 0;
        for (String line : TextFiles.read(lab.file("runs")).split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words.length == 3 && words[0].contains("_night_")) {
                String cell = Objects.requireNonNull(
                        cells.get(words[0].replaceFirst(".*_night_", "").replaceFirst("_.*", "")));
                assertThat(Map.of("cap", words[1], "boost", words[2]))
                        .as("while %s was measured: %s", words[0], cell)
                        .contains(entry("cap", wanted(cell, "cap")), entry("boost", wanted(cell, "boost")));
                looked++;
            }
        }
        assertThat(looked).isGreaterThan(cells.size());
    }

    private static String wanted(String cell, String setting) {
        for (String word : cell.replace(",", " ").split(" +")) {
            if (word.startsWith(setting + "=")) {
                return word.substring(setting.length() + 1);
            }
        }
        return USUAL.getOrDefault(setting, "");
    }
}
