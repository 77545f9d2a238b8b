package dev.wattline.cli.results;

import dev.wattline.cli.json.PeaksJson;
import dev.wattline.cli.options.CommonOptions;
import dev.wattline.cli.options.ExitCode;
import dev.wattline.cli.options.UsageException;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionKind;
import dev.wattline.compliance.peaks.PeaksText;
import dev.wattline.compliance.peaks.PhasePeaks;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.session.SessionView;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wattline peaks}: the greatest readings of a session's phases, held against the analyzer's ranges. */
@Command(
        name = "peaks",
        description = {
            "Show the greatest voltage, current and power of each analyzer and channel, and the range that they need.",
            "The range is the analyzer's smallest that covers the greatest voltage, and 1.1 times the greatest current:"
                    + " what ranging asks for. Head room is the part of it that the greatest current leaves free."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  wattline peaks out/2026-11-22_04-48-34_rig", "  wattline peaks --json out/*"})
public final class PeaksCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("unused") // it only adds the options that picocli and Failures act on
    private CommonOptions common = new CommonOptions();

    @Parameters(paramLabel = "SESSION", arity = "1..*", description = "Folders of sessions.")
    private List<Path> sessions = List.of();

    @Option(names = "--json", description = "Print the peaks as a JSON array.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<PeaksJson.SessionPeaks> all = new ArrayList<>();
        for (Path session : sessions) {
            if (!Files.isDirectory(session)) {
                throw new UsageException("there is no folder " + session, "Name the folder of a session.");
            }
            all.add(read(session));
        }
        if (json) {
            System.out.println(PeaksJson.text(all));
        } else {
            all.forEach(one -> one.phases().forEach(peaks -> System.out.print(PeaksText.of(one.session(), peaks))));
        }
        return ExitCode.OK.code();
    }

    private static PeaksJson.SessionPeaks read(Path folder) throws IOException {
        SessionView view = SessionView.of(folder.toAbsolutePath().normalize(), folder.toString());
        SessionFacts facts = new SessionFacts(
                view, Summary.loadOrAbsent(view, Summary.CLIENT), Summary.loadOrAbsent(view, Summary.SERVER), null);
        List<PhasePeaks> phases = new ArrayList<>();
        for (Phase phase : SessionKind.phases(SessionKind.of(facts))) {
            try {
                phases.add(PhasePeaks.of(facts, phase));
            } catch (PyError e) {
                throw new UsageException(
                        "cannot tell the peaks of " + folder + ": " + e.getMessage(),
                        "Name the folder of a whole session, which holds power, ranging and run_1.");
            }
        }
        return new PeaksJson.SessionPeaks(facts.name().isEmpty() ? folder.toString() : facts.name(), phases);
    }
}
