package dev.wattline.bench.spine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpineRequestTest {
    @TempDir
    private Path folder;

    @Test
    void withoutAPartItIsAllOfThem() {
        SpineRequest request = SpineRequest.parse(List.of());

        assertThat(request.peer()).isEmpty();
        assertThat(request.parts())
                .extracting(Part::name)
                .containsExactly("go", "stop", "rl", "transfer", "runner", "counter", "page");
    }

    @Test
    void partsComeInTheOrderGiven() {
        assertThat(SpineRequest.parse(List.of("transfer", "go")).parts())
                .extracting(Part::name)
                .containsExactly("transfer", "go");
    }

    @Test
    void takesACheckoutOfTheReference() throws Exception {
        Path server = folder.resolve("ptd_client_server/lib/server.py");
        Files.createDirectories(folder.resolve("ptd_client_server/lib"));
        Files.writeString(server, "");

        assertThat(SpineRequest.parse(List.of("--peer", folder.toString())).peer())
                .contains(folder.toAbsolutePath());
    }

    @Test
    void namesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> SpineRequest.parse(List.of("stopp")))
                .hasMessage("there is no part 'stopp', only go, stop, rl, transfer, runner, counter, page");
        assertThatThrownBy(() -> SpineRequest.parse(List.of("--peer", folder.toString())))
                .hasMessageContaining("expected a checkout of mlcommons/power-dev");
    }
}
