package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.session.SubmissionFiles;
import dev.wattline.model.finding.Finding;
import dev.wattline.model.finding.Severity;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The folders of a submission hold exactly its files: any other fails the submission check, but not the power check. */
final class ExtraFilesRule implements AuditRule {
    private static final int MAX_NAMED = 20;

    @Override
    public List<String> ids() {
        return List.of("files-extra", "files-links");
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        for (Map.Entry<String, Set<String>> folder : SubmissionFiles.ALLOWED.entrySet()) {
            List<String> extra = new ArrayList<>();
            List<String> links = new ArrayList<>();
            Path path = facts.view().path(folder.getKey());
            if (!Files.isDirectory(path)) {
                continue;
            }
            list(path, folder.getValue(), extra, links);
            if (!extra.isEmpty()) {
                findings.accept(Finding.of(
                                "files-extra",
                                Severity.INFO,
                                "the folder " + folder.getKey() + " holds files that a submission must not")
                        .in(folder.getKey())
                        .with("files", String.join(", ", extra))
                        .with(Effect.NAME, "none; the submission check refuses them"));
            }
            if (!links.isEmpty()) {
                findings.accept(Finding.warning("files-links", "the folder " + folder.getKey() + " holds links")
                        .in(folder.getKey())
                        .with("links", String.join(", ", links)));
            }
        }
    }

    private static void list(Path folder, Set<String> allowed, List<String> extra, List<String> links)
            throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (!allowed.contains(name) && extra.size() < MAX_NAMED) {
                    extra.add(name);
                }
                if (Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                .isSymbolicLink()
                        && links.size() < MAX_NAMED) {
                    links.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(extra);
        Collections.sort(links);
    }
}
