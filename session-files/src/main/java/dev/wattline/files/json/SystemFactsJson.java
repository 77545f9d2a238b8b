package dev.wattline.files.json;

import dev.wattline.files.SessionFilesException;
import dev.wattline.files.SystemFacts;
import dev.wattline.files.SystemFacts.Gpu;
import dev.wattline.files.SystemFacts.Host;
import dev.wattline.files.SystemFacts.Processor;
import dev.wattline.files.SystemFacts.Software;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code system/sut.json} of a session. A key that is absent reads as not known. */
public final class SystemFactsJson {
    private SystemFactsJson() {}

    /**
     * Reads it; empty where there is no such file.
     *
     * @throws SessionFilesException if the file cannot be read or is none of this format
     */
    public static Optional<SystemFacts> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(SchemaFile.read(file, SystemFacts.SCHEMA, SystemFactsJson::facts));
    }

    /**
     * Writes the file, with the folder it lies in; it appears whole or not at all.
     *
     * @throws SessionFilesException if it cannot be written
     */
    public static void write(Path file, SystemFacts facts) {
        SchemaFile.write(file, tree(facts));
    }

    private static SystemFacts facts(JsonNode root) {
        JsonNode host = root.path("host");
        JsonNode software = root.path("software");
        JsonNode processor = root.path("processor");
        List<Gpu> gpus = new ArrayList<>();
        root.path("gpus").forEach(gpu -> gpus.add(gpu(gpu)));
        return new SystemFacts(
                root.path("at").isString() ? Instant.parse(root.path("at").asString()) : null,
                new Host(text(host, "name"), text(host, "vendor"), text(host, "product"), text(host, "firmware")),
                new Software(
                        text(software, "system"),
                        text(software, "kernel"),
                        text(software, "architecture"),
                        texts(software, "bootOptions")),
                new Processor(
                        text(processor, "model"),
                        whole(processor, "sockets"),
                        whole(processor, "cores"),
                        whole(processor, "threads"),
                        text(processor, "governors"),
                        text(processor, "scalingDriver"),
                        text(processor, "preference"),
                        text(processor, "turbo"),
                        text(processor, "smt"),
                        texts(processor, "limits")),
                bytes(root, "memoryBytes"),
                bytes(root, "swapBytes"),
                text(root, "gpuDriver"),
                gpus,
                text(root, "workload"),
                texts(root, "problems"));
    }

    private static Gpu gpu(JsonNode gpu) {
        return new Gpu(
                gpu.path("index").asInt(-1),
                text(gpu, "uuid"),
                text(gpu, "name"),
                text(gpu, "firmware"),
                number(gpu, "memoryMiB"),
                number(gpu, "limitW"),
                number(gpu, "defaultLimitW"),
                number(gpu, "maxLimitW"),
                number(gpu, "applicationClockMhz"),
                number(gpu, "maxClockMhz"),
                text(gpu, "persistence"),
                text(gpu, "ecc"),
                text(gpu, "mig"));
    }

    private static ObjectNode tree(SystemFacts facts) {
        ObjectNode root = SchemaFile.MAPPER.createObjectNode();
        Instant at = facts.at();
        root.put("schema", SystemFacts.SCHEMA);
        root.put("at", at == null ? null : at.toString());
        root.putObject("host")
                .put("name", facts.host().name())
                .put("vendor", facts.host().vendor())
                .put("product", facts.host().product())
                .put("firmware", facts.host().firmware());
        ObjectNode software = root.putObject("software")
                .put("system", facts.software().system())
                .put("kernel", facts.software().kernel())
                .put("architecture", facts.software().architecture());
        facts.software().bootOptions().forEach(software.putArray("bootOptions")::add);
        Processor processor = facts.processor();
        ObjectNode cpu = root.putObject("processor")
                .put("model", processor.model())
                .put("sockets", processor.sockets())
                .put("cores", processor.cores())
                .put("threads", processor.threads())
                .put("governors", processor.governors())
                .put("scalingDriver", processor.scalingDriver())
                .put("preference", processor.preference())
                .put("turbo", processor.turbo())
                .put("smt", processor.smt());
        processor.limits().forEach(cpu.putArray("limits")::add);
        root.put("memoryBytes", facts.memoryBytes());
        root.put("swapBytes", facts.swapBytes());
        root.put("gpuDriver", facts.gpuDriver());
        var gpus = root.putArray("gpus");
        for (Gpu gpu : facts.gpus()) {
            gpus.addObject()
                    .put("index", gpu.index())
                    .put("uuid", gpu.uuid())
                    .put("name", gpu.name())
                    .put("firmware", gpu.firmware())
                    .put("memoryMiB", gpu.memoryMiB())
                    .put("limitW", gpu.limitW())
                    .put("defaultLimitW", gpu.defaultLimitW())
                    .put("maxLimitW", gpu.maxLimitW())
                    .put("applicationClockMhz", gpu.applicationClockMhz())
                    .put("maxClockMhz", gpu.maxClockMhz())
                    .put("persistence", gpu.persistence())
                    .put("ecc", gpu.ecc())
                    .put("mig", gpu.mig());
        }
        root.put("workload", facts.workload());
        facts.problems().forEach(root.putArray("problems")::add);
        return root;
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }

    private static @Nullable Integer whole(JsonNode node, String key) {
        return node.path(key).isInt() ? Integer.valueOf(node.path(key).asInt()) : null;
    }

    private static @Nullable Long bytes(JsonNode node, String key) {
        return node.path(key).isIntegralNumber() ? Long.valueOf(node.path(key).asLong()) : null;
    }

    private static @Nullable Double number(JsonNode node, String key) {
        return node.path(key).isNumber() ? Double.valueOf(node.path(key).asDouble()) : null;
    }

    private static List<String> texts(JsonNode node, String key) {
        List<String> texts = new ArrayList<>();
        node.path(key).forEach(one -> texts.add(one.asString("")));
        return texts;
    }
}
