package dev.wattline.testing;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets Awaitility wait as {@link TestDeadlines} says where a test names no limit of its own: its usual 10 s are what an
 * idle machine may need. JUnit finds this by its name in {@code META-INF/services}.
 */
public final class AwaitilityDeadline implements LauncherSessionListener {
    private static final double IDLE_SECONDS = 10;

    /** For JUnit. */
    public AwaitilityDeadline() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(TestDeadlines.seconds(IDLE_SECONDS));
    }
}
