package dev.wattline.compliance.audit;

import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.PhaseTimes;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.python.PyError;
import dev.wattline.compliance.sample.PowerWindowRule;
import dev.wattline.compliance.sample.SampleFault;
import dev.wattline.compliance.session.Summary;
import dev.wattline.model.finding.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * LoadGen's window lies between the marks of its phase, on the clock that it is compared with the samples on. The official
 * checker forgives a LoadGen that is an hour ahead, and then takes its average over the wrong samples, or over none.
 */
final class LoadgenClockRule implements AuditRule {

    @Override
    public List<String> ids() {
        return List.of("loadgen-clock");
    }

    @Override
    public boolean guardsMetric() {
        return true;
    }

    @Override
    public void run(AuditRun audit) throws IOException {
        SessionFacts facts = audit.facts();
        Consumer<Finding> findings = audit::add;
        // In round v1.0 both clocks are local ones, and what their zone leaves out (daylight saving) cancels out.
        double shift = facts.loadgenOffset() + ptdShift(facts);
        audit.eachPhase(phase -> {
            LoadgenDetail detail = facts.loadgen(phase);
            Optional<Window> own = detail.window();
            List<PhaseTimes> marks = facts.marks(facts.client(), phase);
            if (own.isEmpty()) {
                audit.missing(phase, detail.file(), "it does not tell the power window");
                return;
            }
            if (marks.size() < 3) {
                audit.missing(phase, Summary.CLIENT, "it lacks marks of the phase");
                return;
            }
            Window window = own.get().shifted(shift);
            double early = marks.get(1).wall() - window.begin();
            double late = window.end() - marks.get(2).wall();
            Optional<SampleFault> fault = PowerWindowRule.inPhase(
                    window.begin(),
                    window.end(),
                    marks.get(1).wall(),
                    marks.get(2).wall());
            if (fault.isPresent()) {
                findings.accept(Finding.error(fault.get().id(), fault.get().message() + " (" + phase + ")")
                        .at(detail.file(), detail.line(early > 0 ? "power_begin" : "power_end"))
                        .with("window begins after the phase in s", Effect.seconds(-early))
                        .with("window ends before the phase in s", Effect.seconds(-late))
                        .with(Effect.NAME, "the average is not that of the load"));
            }
        });
    }

    /** By how much more than its zone says PTDaemon's clock is off; 0 if its log does not tell. */
    private static double ptdShift(SessionFacts facts) throws IOException {
        try {
            return facts.ptdOffsetByMarks().orElse(facts.ptdOffset()) - facts.ptdOffset();
        } catch (PyError e) {
            return 0; // the rules that need PTDaemon's log say that they could not run
        }
    }
}
