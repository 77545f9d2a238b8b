package dev.wattline.mock.machine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;

/**
 * A management controller's Redfish service with DMTF's paths: sessions, of which it has four, and one chassis with a Power
 * resource. Safe for use by several threads.
 */
public final class RedfishServer implements AutoCloseable {
    /** How many sessions it has at a time. */
    public static final int SESSIONS = 4;

    private static final String ROOT = "/redfish/v1/";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newSingleThreadExecutor();
    private final String user;
    private final String password;
    private final LongSupplier watts;

    @GuardedBy("this")
    private final Set<String> tokens = new HashSet<>();

    @GuardedBy("this")
    private int opened;

    @GuardedBy("this")
    private int status = 200;

    @GuardedBy("this")
    private boolean hasSessions = true;

    @GuardedBy("this")
    private String reading = "";

    @GuardedBy("this")
    private String thermal = "";

    @GuardedBy("this")
    private String secondFan = "5200";

    @GuardedBy("this")
    private Map<String, String> tree = Map.of();

    private String supplies = "";
    private String secondSupply = "";

    /**
     * Listens on a free port of the loopback.
     *
     * @param tls with the server's key
     * @param watts what it tells at a moment
     */
    public RedfishServer(SSLContext tls, String user, String password, LongSupplier watts) throws IOException {
        this.user = user;
        this.password = password;
        this.watts = watts;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Sessions that are open. */
    public synchronized int sessions() {
        return tokens.size();
    }

    /** Sessions opened so far. */
    public synchronized int opened() {
        return opened;
    }

    /** From now on the power resource is answered with this HTTP status; 200 as it should. */
    public synchronized void answer(int httpStatus) {
        status = httpStatus;
    }

    /** From now on the reading is this text of JSON, such as {@code null} or {@code 0}; empty for the true one. */
    public synchronized void tell(String json) {
        reading = json;
    }

    /** From now on the chassis has fans and a temperature, in this resource: {@code Thermal} or {@code ThermalSubsystem}. */
    public synchronized void hasCooling(String resource) {
        thermal = resource;
    }

    /**
     * From now on the chassis has two power supplies.
     *
     * @param resource which tells of them: {@code Power} or {@code PowerSubsystem}
     * @param model the second one's
     */
    public synchronized void hasSupplies(String resource, String model) {
        supplies = resource;
        secondSupply = model;
    }

    /**
     * From now on it has these resources instead of its own: the controller of another vendor.
     *
     * @param resources their JSON by their path
     */
    public synchronized void tree(Map<String, String> resources) {
        tree = Map.copyOf(resources);
    }

    private String supply(String id, String model) {
        return "{\"MemberId\":\"" + id + "\",\"Id\":\"" + id + "\",\"Name\":\"PS" + id + " Status\",\"Model\":\""
                + model
                + "\",\"SerialNumber\":\"CN17972\",\"PowerCapacityWatts\":1600,\"LastPowerOutputWatts\":null,"
                + "\"Status\":{\"State\":\"Enabled\",\"Health\":\"OK\"}}";
    }

    /** From now on the second fan's speed in rpm is this text of JSON, such as {@code null} or {@code 0}. */
    public synchronized void secondFan(String json) {
        secondFan = json;
    }

    /** Ends all sessions, as a restart of the controller does. */
    public synchronized void expire() {
        tokens.clear();
    }

    /** Whether it has a session service; without one it takes user and password with each request. */
    public synchronized void hasSessions(boolean has) {
        hasSessions = has;
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("/$", "");
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.equals(ROOT + "SessionService/Sessions")
                && exchange.getRequestMethod().equals("POST")) {
            login(exchange, body);
        } else if (!isAllowed(exchange)) {
            reply(exchange, 401, "{}");
        } else if (path.startsWith(ROOT + "SessionService/Sessions/")) {
            tokens.remove(exchange.getRequestHeaders().getFirst("X-Auth-Token"));
            reply(exchange, 204, "");
        } else {
            get(exchange, path);
        }
    }

    @GuardedBy("this")
    private void login(HttpExchange exchange, String body) throws IOException {
        if (!hasSessions) {
            reply(exchange, 404, "{}");
        } else if (!body.contains("\"" + user + "\"") || !body.contains("\"" + password + "\"")) {
            reply(exchange, 401, "{}");
        } else if (tokens.size() >= SESSIONS) {
            reply(exchange, 503, "{}");
        } else {
            String token = "token" + ++opened;
            tokens.add(token);
            exchange.getResponseHeaders().set("X-Auth-Token", token);
            exchange.getResponseHeaders().set("Location", ROOT + "SessionService/Sessions/" + opened);
            reply(exchange, 201, "{}");
        }
    }

    @GuardedBy("this")
    private boolean isAllowed(HttpExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
        String basic = exchange.getRequestHeaders().getFirst("Authorization");
        String pair =
                java.util.Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return (token != null && tokens.contains(token)) || ("Basic " + pair).equals(basic);
    }

    @GuardedBy("this")
    private void get(HttpExchange exchange, String path) throws IOException {
        if (!tree.isEmpty()) {
            reply(exchange, tree.containsKey(path) ? 200 : 404, tree.getOrDefault(path, "{}"));
            return;
        }
        String power = reading.isEmpty() ? Long.toString(watts.getAsLong()) : reading;
        switch (path.substring(Math.min(path.length(), ROOT.length()))) {
            case "Chassis" ->
                reply(exchange, 200, "{\"Members\":[{\"@odata.id\":\"/redfish/v1/Chassis/System.Embedded.1\"}]}");
            case "Chassis/System.Embedded.1" ->
                reply(
                        exchange,
                        200,
                        "{\"Id\":\"System.Embedded.1\",\"Power\":{\"@odata.id\":"
                                + "\"/redfish/v1/Chassis/System.Embedded.1/Power\"},"
                                + (thermal.isEmpty()
                                        ? "\"None\":{"
                                        : "\"" + thermal
                                                + "\":{\"@odata.id\":\"/redfish/v1/Chassis/System.Embedded.1/" + thermal
                                                + "\"")
                                + "}"
                                + (supplies.equals("PowerSubsystem")
                                        ? ",\"PowerSubsystem\":{\"@odata.id\":\"/redfish/v1/Chassis/System.Embedded.1/PowerSubsystem\"}"
                                        : "")
                                + "}");
            case "Chassis/System.Embedded.1/Power" ->
                reply(
                        exchange,
                        status,
                        "{\"PowerControl\":[{\"MemberId\":\"0\",\"Name\":\"System Power Control\",\"PowerConsumedWatts\":"
                                + power + ",\"PowerMetrics\":{\"IntervalInMin\":1,\"AverageConsumedWatts\":1}}]"
                                + (supplies.equals("Power")
                                        ? ",\"PowerSupplies\":[" + supply("0", "PWR SPLY,1600W,RDNT") + ","
                                                + supply("1", secondSupply) + "]"
                                        : "")
                                + "}");
            case "Chassis/System.Embedded.1/PowerSubsystem" ->
                reply(
                        exchange,
                        200,
                        "{\"PowerSupplies\":{\"@odata.id\":"
                                + "\"/redfish/v1/Chassis/System.Embedded.1/PowerSubsystem/PowerSupplies\"}}");
            case "Chassis/System.Embedded.1/PowerSubsystem/PowerSupplies" ->
                reply(
                        exchange,
                        200,
                        "{\"Members\":[{\"@odata.id\":"
                                + "\"/redfish/v1/Chassis/System.Embedded.1/PowerSubsystem/PowerSupplies/0\"},"
                                + "{\"@odata.id\":"
                                + "\"/redfish/v1/Chassis/System.Embedded.1/PowerSubsystem/PowerSupplies/1\"}]}");
            case "Chassis/System.Embedded.1/PowerSubsystem/PowerSupplies/0" ->
                reply(exchange, 200, supply("0", "PWR SPLY,1600W,RDNT"));
            case "Chassis/System.Embedded.1/PowerSubsystem/PowerSupplies/1" ->
                reply(exchange, 200, supply("1", secondSupply));
            default -> cooling(exchange, path.substring(path.lastIndexOf('/') + 1));
        }
    }

    @GuardedBy("this")
    private void cooling(HttpExchange exchange, String resource) throws IOException {
        String chassis = "/redfish/v1/Chassis/System.Embedded.1/";
        String body = switch (resource) {
            case "Thermal" ->
                "{\"Fans\":[{\"Name\":\"Fan 1\",\"Reading\":5400,\"ReadingUnits\":\"RPM\"},"
                        + "{\"Name\":\"Fan 2\",\"Reading\":" + secondFan + ",\"ReadingUnits\":\"RPM\"}],"
                        + "\"Temperatures\":[{\"Name\":\"Inlet\",\"PhysicalContext\":\"Intake\","
                        + "\"ReadingCelsius\":23}]}";
            case "ThermalSubsystem" ->
                "{\"Fans\":{\"@odata.id\":\"" + chassis + "ThermalSubsystem/Fans\"},"
                        + "\"ThermalMetrics\":{\"@odata.id\":\"" + chassis
                        + "ThermalSubsystem/ThermalMetrics\"}}";
            case "Fans" ->
                "{\"Members\":[{\"@odata.id\":\"" + chassis + "ThermalSubsystem/Fans/1\"}," + "{\"@odata.id\":\""
                        + chassis + "ThermalSubsystem/Fans/2\"}]}";
            case "1" -> "{\"Name\":\"Fan 1\",\"SpeedPercent\":{\"Reading\":40,\"SpeedRPM\":5400}}";
            case "2" -> "{\"Name\":\"Fan 2\",\"SpeedPercent\":{\"Reading\":40,\"SpeedRPM\":" + secondFan + "}}";
            case "ThermalMetrics" -> "{\"TemperatureSummaryCelsius\":{\"Intake\":{\"Reading\":23}}}";
            default -> "";
        };
        reply(exchange, body.isEmpty() ? 404 : 200, body.isEmpty() ? "{}" : body);
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
