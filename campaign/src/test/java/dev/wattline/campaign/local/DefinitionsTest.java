package dev.wattline.campaign.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfigReader;
import dev.wattline.campaign.plan.Cell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class DefinitionsTest {
    private static final String CONFIG = """
            results: results
            workloads:
              main: {command: [./main]}
              load: {command: [./load, "{n}"], params: {n: {range: [1, 9], default: 3}}}
            """;

    @TempDir
    private Path folder;

    private Map<String, String> of(String with, String config) throws IOException {
        Path file = Files.writeString(folder.resolve("agent.yaml"), config);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        AgentConfig read = AgentConfigReader.readInformal(file);
        return Definitions.of(new Cell("main", new TreeMap<>(), Map.of(), with), read);
    }

    @Test
    void thatOfWhatRunsBesideIsPinnedToo() throws IOException {
        Map<String, String> pinned = of("load@same", CONFIG);

        assertThat(pinned).containsOnlyKeys("workload main", "workload load");
        assertThat(of("none", CONFIG)).containsOnlyKeys("workload main");
        for (String changed : new String[] {
            CONFIG.replace("./load", "./other"),
            CONFIG.replace("default: 3", "default: 4"),
            CONFIG.replace("command: [./load", "warm: 5s, command: [./load")
        }) {
            assertThat(of("load@same", changed).get("workload load")).isNotEqualTo(pinned.get("workload load"));
            assertThat(of("load@same", changed)).containsEntry("workload main", pinned.get("workload main"));
        }
    }
}
