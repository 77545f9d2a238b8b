package dev.wattline.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.model.TimeSource;
import dev.wattline.protocol.HostPort;
import dev.wattline.protocol.time.NtpClient;
import dev.wattline.testing.TestDeadlines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DoctorTest {

    /** What a check does, as a lambda. */
    private interface Look {
        CheckOutcome look() throws Exception;
    }

    @Test
    void checksRunAtTheSameTimeAndAreReportedInTheirOrder() throws InterruptedException {
        CyclicBarrier all = new CyclicBarrier(3); // passed only by three checks that run at once
        Look meeting = () -> {
            all.await();
            return CheckOutcome.pass("met");
        };

        DoctorReport report = examine(10, check("c", meeting), check("a", meeting), check("b", meeting));

        assertThat(report.rows()).extracting(DoctorReport.Row::name).containsExactly("c", "a", "b");
        assertThat(report.rows()).extracting(row -> row.outcome().cause()).containsOnly("met");
        assertThat(report.verdict()).isEqualTo(Status.PASS);
    }

    @Test
    void theWorstOutcomeIsTheVerdict() throws InterruptedException {
        DoctorCheck good = check("good", () -> CheckOutcome.pass(""));
        DoctorCheck odd = check("odd", () -> CheckOutcome.warn("", ""));
        DoctorCheck bad = check("bad", () -> CheckOutcome.fail("", ""));

        assertThat(examine(10).verdict()).isEqualTo(Status.PASS);
        assertThat(examine(10, odd, good).verdict()).isEqualTo(Status.WARN);
        assertThat(examine(10, bad, odd, good).verdict()).isEqualTo(Status.FAIL);
    }

    @Test
    void aCheckThatASignalEndsIsNoDefect() throws InterruptedException {
        DoctorReport report = examine(10, check("ended", () -> {
            throw new InterruptedException();
        }));

        assertThat(report.verdict()).isEqualTo(Status.FAIL);
        assertThat(report.rows().get(0).outcome().cause()).isEqualTo("was ended before it was through");
    }

    @Test
    void aCheckThatHangsHasFailedWhenTheTimeIsOverAndTheOthersAreReported() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch cleaned = new CountDownLatch(1);
        DoctorCheck hanging = new DoctorCheck() {
            @Override
            public String name() {
                return "hanging";
            }

            @Override
            public CheckOutcome run() throws InterruptedException {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    interrupted.set(true);
                    throw e;
                } finally {
                    cleaned.countDown();
                }
                return CheckOutcome.pass("never");
            }

            @Override
            public void settle() throws InterruptedException {
                cleaned.await();
            }
        };

        Duration limit = TestDeadlines.granted(1);

        DoctorReport report = examine(limit, hanging, check("good", () -> CheckOutcome.pass("seen")));

        assertThat(report.rows().get(0).outcome().status()).isEqualTo(Status.FAIL);
        assertThat(report.rows().get(0).outcome().cause()).isEqualTo("no result within " + limit.toSeconds() + " s");
        assertThat(report.rows().get(1).outcome().cause()).isEqualTo("seen");
        assertThat(report.took()).isGreaterThanOrEqualTo(limit); // and it ended although the check would not have
        assertThat(interrupted).isTrue();
    }

    @Test
    void aKnownFailureGivesItsCauseAndRemedy() throws InterruptedException {
        NtpClient client = new NtpClient(1, Duration.ofMillis(200), TimeSource.system());
        DoctorCheck ntp = new NtpCheck("NTP", () -> client.measure(new HostPort("no-such-host.invalid", 123)));

        CheckOutcome outcome = examine(20, ntp).rows().get(0).outcome();

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.cause()).contains("no address is known for 'no-such-host.invalid'");
        assertThat(outcome.remedy()).contains("Check the server's name");
    }

    @Test
    void aDefectOfACheckIsAFailureThatSaysSo() throws InterruptedException {
        DoctorCheck broken = check("broken", () -> {
            throw new IllegalStateException("oops");
        });

        CheckOutcome outcome = examine(10, broken).rows().get(0).outcome();

        assertThat(outcome.status()).isEqualTo(Status.FAIL);
        assertThat(outcome.cause()).contains("IllegalStateException", "oops");
        assertThat(outcome.remedy()).contains("defect");
    }

    @Test
    void theTableHasARowACheckAndARemedyWhereThereIsOne() {
        DoctorReport report = new DoctorReport(
                List.of(
                        new DoctorReport.Row("Java", CheckOutcome.pass("Java 17")),
                        new DoctorReport.Row("CPU governor", CheckOutcome.warn("powersave", "Set it.")),
                        new DoctorReport.Row("disk", CheckOutcome.fail("full\nvery", "Free it."))),
                Instant.EPOCH,
                Duration.ofMillis(1250));

        assertThat(table(report, false).lines())
                .containsExactly(
                        "pass  Java          Java 17",
                        "WARN  CPU governor  powersave",
                        "                    -> Set it.",
                        "FAIL  disk          full",
                        "                    very",
                        "                    -> Free it.",
                        "",
                        "3 checks in 1.3 s: 1 passed, 1 warned, 1 failed");
        assertThat(table(report, true)).contains("\u001b[31mFAIL  \u001b[0mdisk");
    }

    private static String table(DoctorReport report, boolean colour) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new DoctorTable(new PrintStream(bytes, true, StandardCharsets.UTF_8), colour).print(report);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static DoctorReport examine(int limitSeconds, DoctorCheck... checks) throws InterruptedException {
        return examine(TestDeadlines.seconds(limitSeconds), checks);
    }

    private static DoctorReport examine(Duration limit, DoctorCheck... checks) throws InterruptedException {
        try (Doctor doctor = new Doctor(List.of(checks), limit, TimeSource.system())) {
            return doctor.run();
        }
    }

    private static DoctorCheck check(String name, Look look) {
        return new DoctorCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CheckOutcome run() throws InterruptedException {
                try {
                    return look.look();
                } catch (InterruptedException | RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        };
    }
}
