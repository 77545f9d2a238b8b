package dev.wattline.director.config;

import dev.wattline.model.IniDocument;
import dev.wattline.model.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds keys and sections that the director does not know, or does not use. */
final class UnknownNames {
    /** Keys of the Python tool's older versions, and what takes their place. */
    private static final Map<String, String> OLDER = Map.of(
            "outdir", "resultsDir in [wattline] says where sessions are kept",
            "logfile", "PTDaemon's log is kept with its session");

    private final IniDocument document;
    private final List<Finding> problems;

    UnknownNames(IniDocument document, List<Finding> problems) {
        this.document = document;
        this.problems = problems;
    }

    void report(int analyzers) {
        boolean oldForm = !document.hasSection("analyzer1");
        List<String> known = new ArrayList<>(List.of("server", "ptd", "wattline", "lab"));
        for (int number = 1; number <= analyzers && !oldForm; number++) {
            known.add("analyzer" + number);
        }
        for (String section : document.sections()) {
            if (!known.contains(section)) {
                unknownSection(section, known);
            } else if (section.equals("ptd")) {
                ptd(oldForm);
            } else {
                keys(section, names(section.startsWith("analyzer") ? "analyzer" : section));
            }
        }
        keys(
                IniDocument.DEFAULT_SECTION,
                List.of(ConfigKey.values()).stream().map(ConfigKey::written).toList());
    }

    private void unknownSection(String section, List<String> known) {
        String message = section.matches("analyzer\\d+")
                ? "is not used: analyzerCount in [ptd] is smaller"
                : "unknown section" + ConfigKey.suggestion(section, known);
        problems.add(ConfigFindings.of("config-unknown", document.line(section), section, "", message));
    }

    /** MLCommons' automation leaves the old form's keys in [ptd] beside the [analyzer1] that it writes. */
    private void ptd(boolean oldForm) {
        List<String> leftOver = names("analyzer");
        List<String> known = new ArrayList<>(names("ptd"));
        known.addAll(leftOver);
        keys("ptd", known);
        if (oldForm) {
            return;
        }
        for (IniDocument.Entry entry : document.entries("ptd")) {
            if (leftOver.stream().anyMatch(entry.key()::equalsIgnoreCase)) {
                problems.add(ConfigFindings.of(
                        "config-unused",
                        entry.line(),
                        "ptd",
                        entry.writtenKey(),
                        "is not used, because [analyzer1] is there: it belongs into [analyzerN]"));
            }
        }
    }

    private void keys(String section, List<String> known) {
        for (IniDocument.Entry entry : document.entries(section)) {
            String older =
                    section.equals("wattline") ? null : OLDER.get(entry.key().toLowerCase(Locale.ROOT));
            if (older != null) {
                problems.add(ConfigFindings.of(
                        "config-unused",
                        entry.line(),
                        section,
                        entry.writtenKey(),
                        "is a key of older versions and not used: " + older));
            } else if (known.stream().noneMatch(entry.key()::equalsIgnoreCase)) {
                problems.add(ConfigFindings.of(
                        "config-unknown",
                        entry.line(),
                        section,
                        entry.writtenKey(),
                        "unknown key" + ConfigKey.suggestion(entry.writtenKey(), known)));
            }
        }
    }

    private static List<String> names(String section) {
        return ConfigKey.of(section).stream().map(ConfigKey::written).toList();
    }
}
