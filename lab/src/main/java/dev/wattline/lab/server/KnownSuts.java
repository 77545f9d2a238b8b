package dev.wattline.lab.server;

import dev.wattline.model.DurableFile;
import dev.wattline.model.IoErrors;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.json.LabJson;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What each machine's agent told last, a file each, so that names and values are looked at while a machine measures and its
 * agent is away. The files may be deleted: a machine whose agent does not come again is forgotten so. Lab thread only.
 */
final class KnownSuts {
    private static final Logger LOG = LoggerFactory.getLogger(KnownSuts.class);
    private static final String SUFFIX = ".json";
    private static final int MOST = 500;

    private final Path folder;
    private final SortedMap<String, SutFacts> known = new TreeMap<>();

    /** @param lab the lab's folder */
    KnownSuts(Path lab) {
        this.folder = lab.resolve("suts");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", folder, IoErrors.of(e));
        }
    }

    private void read(Path file) {
        try {
            LabMessage told = LabJson.parse(Files.readString(file));
            if (file.equals(file(told.name("sut"))) && known.size() < MOST) {
                known.put(told.name("sut"), SutFacts.of(told));
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, IoErrors.of(e));
        } catch (WattlineException e) {
            LOG.warn("{} is passed over until its agent comes: {}", file, e.getMessage());
        }
    }

    private Path file(String sut) {
        return folder.resolve(sut + SUFFIX);
    }

    /** Keeps what an agent told, in memory where the disk does not take it. */
    void remember(String sut, SutFacts facts) {
        SutFacts before = known.get(sut);
        if (before == null && known.size() >= MOST) {
            LOG.warn("{} is not kept: {} machines are known already; delete some of {}", sut, MOST, folder);
            return;
        }
        known.put(sut, facts);
        if (before != null && before.told().equals(facts.told())) {
            return;
        }
        try {
            Files.createDirectories(folder);
            DurableFile.replace(file(sut), LabJson.line(facts.told()) + "\n");
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", file(sut), IoErrors.of(e));
        }
    }

    Optional<SutFacts> facts(String sut) {
        return Optional.ofNullable(known.get(sut));
    }

    SortedSet<String> names() {
        return new TreeSet<>(known.keySet());
    }
}
