package dev.wattline.director.notice;

import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.LiveState.Ended;
import dev.wattline.director.live.LiveState.Sample;
import dev.wattline.director.live.json.LiveStateJson;
import dev.wattline.model.process.ShortProgram;
import dev.wattline.model.process.ShortProgram.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a program of the lab's own when a session has ended, such as one that sends a mail. It is run for one event after
 * the other, on a thread of its own, with the event's name in {@code WATTLINE_EVENT} and the event as JSON on
 * its standard input; how it ends changes nothing but the log. Safe for use by several threads.
 */
public final class Notices implements LiveFeed.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int MOST_WAITING = 16;

    private final LiveFeed feed;
    private final Path program;
    private final Duration limit;
    private final ThreadPoolExecutor telling;

    private Notices(LiveFeed feed, Path program, Duration limit) {
        this.feed = feed;
        this.program = program;
        this.limit = limit;
        this.telling = new ThreadPoolExecutor(
                1,
                1,
                5,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                task -> {
                    Thread thread = new Thread(task, "notices");
                    thread.setDaemon(true);
                    return thread;
                },
                (refused, pool) -> {
                    if (!pool.isShutdown() && pool.getQueue().poll() != null) {
                        LOG.warn("notice: {} are waiting for {}; the oldest is left out", MOST_WAITING, program);
                        pool.execute(refused);
                    }
                });
        telling.allowCoreThreadTimeOut(true);
    }

    /** Tells the program from now on. */
    public static Notices start(LiveFeed feed, Path program) {
        return start(feed, program, LIMIT);
    }

    /** The same, with less time for the program. */
    static Notices start(LiveFeed feed, Path program, Duration limit) {
        Notices notices = new Notices(feed, program, limit);
        feed.watch(notices);
        return notices;
    }

    @Override
    public void changed() {}

    @Override
    public void sampled(Sample sample) {}

    @Override
    public void ended(Ended session) {
        String event = "session-" + session.outcome();
        String json = LiveStateJson.notice(event, session);
        telling.execute(() -> tell(event, json));
    }

    private void tell(String event, String json) {
        try {
            Result result = ShortProgram.run(List.of(program.toString()), Map.of("WATTLINE_EVENT", event), json, limit);
            if (result.isLate()) {
                LOG.warn("notice={} {} did not end within {} s", event, program, limit.toSeconds());
            } else if (!result.succeeded()) {
                LOG.warn("notice={} {} ended with status {}: {}", event, program, result.status(), result.said());
            } else {
                LOG.debug("notice={} {} was told", event, program);
            }
        } catch (IOException e) {
            LOG.warn("notice={} {} could not be run: {}", event, program, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is waiting is still told, if the program takes it within its time. */
    @Override
    public void close() {
        feed.forget(this);
        telling.shutdown();
        try {
            if (!telling.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "notice: {} more were not told to {}",
                        telling.getQueue().size(),
                        program);
                telling.shutdownNow();
            }
        } catch (InterruptedException e) {
            telling.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
