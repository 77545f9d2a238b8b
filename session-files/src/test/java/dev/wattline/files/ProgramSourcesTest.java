package dev.wattline.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattline.model.Phase;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ProgramSourcesTest {

    @Test
    void namesThePlaceOfEachPackageAndHashesIt() {
        ProgramSources program = ProgramSources.of(ProgramSources.class, Phase.class, Assertions.class);

        assertThat(program.modules()).containsKeys("dev.wattline.files", "dev.wattline.model", "org.assertj.core.api");
        assertThat(program.sources().keySet())
                .containsExactlyInAnyOrderElementsOf(program.modules().values());
        assertThat(program.sources().values()).allMatch(hash -> hash.matches("[0-9a-f]{40}"));
        assertThat(program.modules().get("org.assertj.core.api"))
                .startsWith("assertj-core")
                .endsWith(".jar");
    }

    @Test
    void theSameProgramHasTheSameHashes() {
        assertThat(ProgramSources.of(Phase.class)).isEqualTo(ProgramSources.of(Phase.class));
    }

    @Test
    void aClassOfThePlatformIsNoProgram() {
        assertThatThrownBy(() -> ProgramSources.of(String.class)).isInstanceOf(IllegalArgumentException.class);
    }
}
