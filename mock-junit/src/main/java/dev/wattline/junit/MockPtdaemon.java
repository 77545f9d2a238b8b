package dev.wattline.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A mock PTDaemon for tests. On a class or a method; the method's wins. A test gets it as a parameter of the type
 * {@link RunningPtdaemon}, each test one of its own, on a free port of the loopback interface, which ends with the test.
 *
 * <pre>{@code
 * @MockPtdaemon(signal = "square,low=100,high=300,period=2", speed = 20)
 * class PowerReaderTest {
 *     @Test
 *     void readsWatts(RunningPtdaemon ptd) {
 *         reader.connect(ptd.host(), ptd.port());
 *     }
 * }
 * }</pre>
 *
 * <p>What the elements mean in detail, and the form of a scenario, is described in {@code docs/mock-ptd.md}. A value that
 * is not understood fails the test before it starts, with the reason.
 */
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(MockPtdaemonExtension.class)
public @interface MockPtdaemon {
    /** PTDaemon's device type: 49 is a Yokogawa WT310E, 0 the dummy. */
    int deviceType() default 49;

    /** Channels as PTDaemon's {@code -c} takes them, such as {@code 1,2}; empty for the device's default. */
    String channels() default "";

    /** What is measured, such as {@code constant,watts=200} or {@code cycle,steps=100x10/300x20}. */
    String signal() default "constant,watts=200";

    /** Standard deviation of the noise on each reading, in W. */
    double noise() default 0;

    /** Seed of all that is random. */
    long seed() default 1;

    /** Every interval of a measurement is divided by this, {@code Go}'s 1000 ms included. */
    double speed() default 1;

    /** From the start to the listener, in ms. The test begins only when the mock listens. */
    long startDelay() default 0;

    /** The current range of the instrument at first, {@code Auto} or a number of A. */
    String initialAmps() default "5";

    /** The voltage range of the instrument at first, {@code Auto} or a number of V. */
    String initialVolts() default "300";

    /** What goes wrong, and when: the JSON text of a scenario; empty for nothing. */
    String scenario() default "";
}
