package dev.wattline.agent.lab;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.protocol.lab.LabMessage;
import java.util.ArrayList;
import java.util.List;

/** What an agent tells of itself: names, allowed values and defaults, no command and no path. */
final class AgentFacts {
    private AgentFacts() {}

    static LabMessage hello(AgentConfig config, String version) {
        List<LabMessage> workloads = new ArrayList<>();
        config.workloads().forEach((name, one) -> workloads.add(workload(name, one)));
        List<LabMessage> settings = new ArrayList<>();
        config.settings()
                .forEach((name, setting) -> settings.add(LabMessage.empty()
                        .with("name", name)
                        .with("allowed", setting.allowed().describe())
                        .with("restore", setting.restore().orElse("what it was before"))));
        return LabMessage.request("hello")
                .with("sut", config.sut())
                .with("wattline", version)
                .with("workloads", workloads)
                .with("settings", settings);
    }

    private static LabMessage workload(String name, NamedWorkload one) {
        List<LabMessage> params = new ArrayList<>();
        one.params().forEach((param, values) -> {
            LabMessage row = LabMessage.empty()
                    .with("name", param)
                    .with("allowed", values.allowed().describe());
            params.add(
                    values.fallback().map(value -> row.with("default", value)).orElse(row));
        });
        LabMessage row = LabMessage.empty().with("name", name).with("params", params);
        return one.expect()
                .map(length -> row.with("expect-seconds", length.toSeconds()))
                .orElse(row);
    }
}
