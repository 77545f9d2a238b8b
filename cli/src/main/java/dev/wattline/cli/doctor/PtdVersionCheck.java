package dev.wattline.cli.doctor;

import dev.wattline.cli.doctor.AnalyzerAnswer.Answered;
import dev.wattline.compliance.rounds.RoundRules;
import dev.wattline.compliance.rounds.Rounds;
import dev.wattline.model.WattlineException;
import java.util.List;

/** Whether the official checker accepts this version of PTDaemon. */
final class PtdVersionCheck implements DoctorCheck {
    private final AnalyzerProbe probe;

    PtdVersionCheck(AnalyzerProbe probe) {
        this.probe = probe;
    }

    @Override
    public String name() {
        return "analyzer " + probe.number() + ": PTDaemon version";
    }

    @Override
    public CheckOutcome run() throws InterruptedException {
        AnalyzerAnswer answer;
        try {
            answer = probe.answer();
        } catch (WattlineException e) {
            return CheckOutcome.warn("not known, since the analyzer did not answer", "");
        }
        return answer instanceof Answered answered
                ? judge(answered.identity().version())
                : CheckOutcome.warn("not known, since the analyzer was not asked", "");
    }

    static CheckOutcome judge(String version) {
        String seen = version.isEmpty() ? "it does not tell its version" : "version " + version;
        List<String> newest = Rounds.latest().ptdVersions();
        if (newest.contains(version)) {
            return CheckOutcome.pass(seen + ", accepted by the newest official checker");
        }
        String remedy =
                "Install PTDaemon " + String.join(" or ", newest) + ", which the newest official checker accepts.";
        List<String> rounds = Rounds.names().stream()
                .filter(name -> !name.equals(Rounds.LATEST))
                .filter(name -> Rounds.find(name)
                        .map(RoundRules::ptdVersions)
                        .orElse(List.of())
                        .contains(version))
                .toList();
        return rounds.isEmpty()
                ? CheckOutcome.fail(seen + ", accepted by no round's official checker", remedy)
                : CheckOutcome.warn(
                        seen + ", accepted by round " + String.join(", ", rounds)
                                + " but not by the newest official checker",
                        remedy);
    }
}
