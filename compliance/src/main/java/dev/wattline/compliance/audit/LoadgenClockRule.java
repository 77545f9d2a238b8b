package dev.wattline.compliance.audit;

import dev.wattline.compliance.Finding;
import dev.wattline.compliance.facts.LoadgenDetail;
import dev.wattline.compliance.facts.PtdLog;
import dev.wattline.compliance.facts.SessionFacts;
import dev.wattline.compliance.facts.SessionFacts.PhaseTimes;
import dev.wattline.compliance.facts.Window;
import dev.wattline.compliance.sample.PowerWindowRule;
import dev.wattline.compliance.sample.SampleFault;
import dev.wattline.model.Phase;
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
    public void run(SessionFacts facts, Consumer<Finding> findings) throws IOException {
        // In round v1.0 both clocks are local ones, and what their zone leaves out (daylight saving) cancels out.
        double shift = facts.loadgenOffset()
                + (facts.view().exists(PtdLog.FILE)
                        ? facts.ptdOffsetByMarks().orElse(facts.ptdOffset()) - facts.ptdOffset()
                        : 0);
        for (Phase phase : Phase.values()) {
            LoadgenDetail detail = facts.loadgen(phase);
            Optional<Window> own = detail.window();
            List<PhaseTimes> marks = facts.marks(facts.client(), phase);
            if (own.isEmpty() || marks.size() < 3) {
                continue;
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
                        .with(
                                "samples in the window",
                                facts.spl(phase).inWindow().count())
                        .with(Effect.NAME, "the average is not that of the load"));
            }
        }
    }
}
