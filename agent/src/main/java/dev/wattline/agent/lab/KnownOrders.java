package dev.wattline.agent.lab;

import dev.wattline.agent.AgentException;
import dev.wattline.agent.config.AgentConfig;
import dev.wattline.agent.config.AgentConfig.MachineAction;
import dev.wattline.agent.job.JobRequest;
import dev.wattline.agent.job.WrongRequestException;
import dev.wattline.model.NearestName;
import dev.wattline.model.WattlineException;
import dev.wattline.protocol.lab.JobKind;
import dev.wattline.protocol.lab.JobOrder;
import dev.wattline.protocol.lab.LabMessage;
import dev.wattline.protocol.lab.LabMessageException;
import dev.wattline.protocol.lab.LabProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the director orders, by the names and values of this machine's configuration. */
final class KnownOrders {
    private final AgentConfig config;

    KnownOrders(AgentConfig config) {
        this.config = config;
    }

    /** The answer to the question whether an order can be taken, and what it would run. */
    LabMessage checked(LabMessage message, LabMessage reply) {
        try {
            JobOrder order = JobOrder.of(message);
            if (order.kind() == JobKind.ACTION) {
                return reply.with("ok", true).with("command", action(order).command());
            }
            JobRequest request = request(order);
            return reply.with("ok", true)
                    .with("command", request.command(config))
                    .with("params", request.params())
                    .with("settings", request.settings());
        } catch (AgentException | LabMessageException e) {
            return error(reply, e);
        }
    }

    /** The answer that refuses. */
    LabMessage error(LabMessage reply, WattlineException e) {
        boolean wrong = e instanceof WrongRequestException;
        LabMessage error = reply.with("error", wrong ? LabProtocol.WRONG : "refused")
                .with("text", String.valueOf(e.getMessage()).replace("\n", "; "));
        if (wrong) { // whoever asked has another command for it than who sits at this machine
            return error.with("remedy", LabProtocol.listing(config.sut()));
        }
        return e.remedy().map(text -> error.with("remedy", text)).orElse(error);
    }

    private void requireThisMachine(JobOrder order) {
        if (!order.sut().equals(config.sut())) {
            throw new AgentException("this machine is " + config.sut() + ", not " + order.sut(), null, null);
        }
    }

    /**
     * The action that is ordered.
     *
     * @throws WrongRequestException if there is none of that name
     */
    MachineAction action(JobOrder order) {
        requireThisMachine(order);
        MachineAction action = config.actions().get(order.workload());
        if (action == null) {
            throw new WrongRequestException(
                    "there is no action '" + order.workload() + "'"
                            + NearestName.question(
                                    order.workload(), config.actions().keySet()),
                    "'wattline agent -c FILE workloads' lists all of them.");
        }
        return action;
    }

    /**
     * The job that is ordered, with the defaults of its parameters.
     *
     * @throws AgentException if this machine knows no such job, or may not do it
     */
    JobRequest request(JobOrder order) {
        requireThisMachine(order);
        if (order.kind() == JobKind.ACTION) {
            var unused = action(order);
            return new JobRequest(order.workload(), new TreeMap<>(), Map.of(), List.of());
        }
        List<String> more = new ArrayList<>();
        if (!order.label().isEmpty()) {
            more.add("--label=" + order.label());
        }
        if (order.kind() == JobKind.RANGING) {
            more.add("--ranging-only");
        } else if (order.kind() == JobKind.PROFILE) {
            more.add("--profile");
        }
        JobRequest request = new JobRequest(order.workload(), order.params(), order.settings(), more).complete(config);
        if (order.kind().isMeasured()) {
            request.loadgenLogs(config); // or it is none that can be measured
        }
        return request;
    }
}
