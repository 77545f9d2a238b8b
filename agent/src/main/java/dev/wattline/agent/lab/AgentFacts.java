package dev.wattline.agent.lab;

import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.NamedWorkload;
import dev.wattline.agent.config.AllowedValues;
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
                .forEach((name, setting) -> settings.add(row(name, setting.allowed())
                        .with("restore", setting.restore().orElse("what it was before"))));
        List<LabMessage> actions = new ArrayList<>();
        config.actions().forEach((name, action) -> {
            LabMessage row = LabMessage.empty().with("name", name);
            actions.add(action.returns()
                    .map(time -> row.with("returns-seconds", time.toSeconds()))
                    .orElse(row));
        });
        return LabMessage.request("hello")
                .with("sut", config.sut())
                .with("wattline", version)
                .with("workloads", workloads)
                .with("settings", settings)
                .with("actions", actions);
    }

    private static LabMessage workload(String name, NamedWorkload one) {
        List<LabMessage> params = new ArrayList<>();
        one.params().forEach((param, values) -> {
            LabMessage row = row(param, values.allowed());
            params.add(
                    values.fallback().map(value -> row.with("default", value)).orElse(row));
        });
        LabMessage row = LabMessage.empty().with("name", name).with("params", params);
        row = one.loadgenLogs().isPresent() ? row : row.with("plain-only", true);
        LabMessage all = row;
        return one.expect()
                .map(length -> all.with("expect-seconds", length.toSeconds()))
                .orElse(all);
    }

    /** Values in words for people, and so that a director can look at them while this agent is away. */
    private static LabMessage row(String name, AllowedValues allowed) {
        LabMessage row = LabMessage.empty().with("name", name).with("allowed", allowed.describe());
        if (allowed instanceof AllowedValues.Listed listed) {
            return row.with("values", listed.values());
        }
        return allowed instanceof AllowedValues.Range range
                ? row.with("least", range.least()).with("greatest", range.greatest())
                : row; // what matches a pattern is left to this agent
    }
}
