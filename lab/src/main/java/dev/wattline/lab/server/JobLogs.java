package dev.wattline.lab.server;

import dev.wattline.model.IoErrors;
import dev.wattline.protocol.lab.JobReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last lines of what each job printed, a file each; they are no part of the queue and may be deleted. */
final class JobLogs {
    private static final Logger LOG = LoggerFactory.getLogger(JobLogs.class);

    private final Path folder;

    /** @param lab the lab's folder */
    JobLogs(Path lab) {
        this.folder = lab.resolve("jobs");
    }

    private Path file(String job) {
        return folder.resolve(job + ".log");
    }

    /** Writes them, unless there are none. */
    void write(JobReport report) {
        if (report.log().isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.write(file(report.job()), report.log());
        } catch (IOException e) {
            LOG.warn("the log of job {} could not be written: {}", report.job(), IoErrors.of(e));
        }
    }

    /**
     * Reads them.
     *
     * @param job a job's id
     * @throws RefusedException if they cannot be read
     */
    List<String> read(String job) {
        try {
            return Files.exists(file(job), LinkOption.NOFOLLOW_LINKS) ? Files.readAllLines(file(job)) : List.of();
        } catch (IOException e) {
            throw new RefusedException("disk", "the log of job " + job + " cannot be read: " + IoErrors.of(e));
        }
    }
}
