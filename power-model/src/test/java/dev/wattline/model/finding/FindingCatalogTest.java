package dev.wattline.model.finding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FindingCatalogTest {
    @Test
    void entrySaysRuleCauseAndRemedy() {
        Explanation explanation = FindingCatalog.explain("disk-low");

        assertThat(explanation.title()).startsWith("The disk has room");
        assertThat(explanation.cause()).startsWith("Sessions of earlier runs");
        assertThat(explanation.remedy()).startsWith("Make room");
    }

    @Test
    void everyEntryIsComplete() {
        assertThat(FindingCatalog.all()).hasSizeGreaterThan(120).allSatisfy((id, explanation) -> {
            assertThat(id).matches("[a-z0-9]+(-[a-z0-9]+)*").isEqualTo(explanation.id());
            assertThat(explanation.title()).endsWith(".");
            assertThat(explanation.cause()).isNotBlank();
            assertThat(explanation.remedy()).isNotBlank();
        });
    }

    @Test
    void findingTakesTheSeverityOfItsEntry() {
        assertThat(Finding.of("training-too-few-runs", "two").severity()).isEqualTo(Severity.ERROR);
        assertThat(Finding.of("training-stop-at-start", "once").severity()).isEqualTo(Severity.INFO);
    }

    @Test
    void unknownIdIsADefect() {
        assertThatThrownBy(() -> FindingCatalog.explain("no-such")).hasMessageContaining("no-such");
        assertThatThrownBy(() -> FindingCatalog.id("no-such")).hasMessageContaining("no-such");
        assertThatThrownBy(() -> Finding.of("no-such", "x")).hasMessageContaining("no-such");
    }

    @Test
    void findingCarriesItsPlaceTimeAndValuesInTheOrderGiven() {
        Finding finding = Finding.warning("sample-gap", "a gap")
                .with("gap in s", 2.5)
                .with("at row", 7)
                .at("run_1/spl.txt", 7)
                .when(Instant.EPOCH)
                .limit("1.5 s");

        assertThat(finding.subject()).isEqualTo(new Subject("run_1/spl.txt", 7, ""));
        assertThat(finding.time()).contains(Instant.EPOCH);
        assertThat(finding.values().keySet()).containsExactly("gap in s", "at row");
        assertThat(finding.values()).containsEntry("gap in s", "2.5");
        assertThat(finding.limit()).isEqualTo("1.5 s");
    }
}
