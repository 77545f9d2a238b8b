package dev.wattline.director.web;

import dev.wattline.director.live.LiveFeed;
import dev.wattline.director.live.json.LiveStateJson;
import dev.wattline.model.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests of one connection. Only GET and HEAD, and nothing with a body: there is nothing to be smuggled in. */
final class PageRequests extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(PageRequests.class);
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String SECURITY_POLICY = "Content-Security-Policy";
    private static final String REPORT_POLICY = "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline';"
            + " style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Pattern REPORT = Pattern.compile("/sessions/([^/]+)/report\\.html");

    private final LiveFeed feed;
    private final SessionReports reports;
    private final PageAccess access;
    private final TimeSource time;
    private final RequestDeadline deadline;
    private final Consumer<Channel> viewers;
    private boolean watching; // this connection is a viewer's: nothing is answered on it any more

    /**
     * @param deadline is told when a request is whole
     * @param viewers takes a connection to which changes are to be pushed
     */
    PageRequests(
            LiveFeed feed,
            SessionReports reports,
            PageAccess access,
            TimeSource time,
            RequestDeadline deadline,
            Consumer<Channel> viewers) {
        this.feed = feed;
        this.reports = reports;
        this.access = access;
        this.time = time;
        this.deadline = deadline;
        this.viewers = viewers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) {
        if (part.decoderResult().isFailure() || (watching && part instanceof HttpRequest)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "this is no request that the live page understands");
        } else if (part instanceof HttpRequest request) {
            answer(context, request);
        } else if (!(part instanceof LastHttpContent)) {
            var unused = context.close();
        } else if (!watching) {
            deadline.isWhole();
        }
    }

    private void answer(ChannelHandlerContext context, HttpRequest request) {
        HttpHeaders headers = request.headers();
        if (HttpUtil.getContentLength(request, 0L) > 0 || headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            refuse(context, HttpResponseStatus.BAD_REQUEST, "a request to the live page has no body");
        } else if (!access.isKnownHost(headers.get(HttpHeaderNames.HOST))) {
            refuse(
                    context,
                    HttpResponseStatus.MISDIRECTED_REQUEST,
                    "the live page is not served under this name; webNames in the director's configuration adds one");
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            refuse(context, HttpResponseStatus.METHOD_NOT_ALLOWED, "the live page is read only: GET and HEAD");
        } else {
            route(context, request);
        }
    }

    private void route(ChannelHandlerContext context, HttpRequest request) {
        QueryStringDecoder address = new QueryStringDecoder(request.uri());
        List<String> shown = address.parameters().getOrDefault("t", List.of());
        if (!shown.isEmpty() && access.isToken(shown.get(0))) {
            HttpResponse response =
                    response(HttpResponseStatus.SEE_OTHER, "text/plain; charset=utf-8", Unpooled.EMPTY_BUFFER);
            boolean secure = context.pipeline().get(SslHandler.class) != null;
            response.headers()
                    .set(HttpHeaderNames.LOCATION, "./")
                    .set(HttpHeaderNames.SET_COOKIE, access.setCookie(secure));
            write(context, request, response);
            return;
        }
        if (address.path().equals("/healthz")) {
            text(context, request, HttpResponseStatus.OK, "text/plain; charset=utf-8", "ok\n");
            return;
        }
        if (!access.isKnown(request.headers())) {
            text(
                    context,
                    request,
                    HttpResponseStatus.UNAUTHORIZED,
                    "text/plain; charset=utf-8",
                    "The live page is for those who know its token: open it as /?t=TOKEN once.\n");
            return;
        }
        switch (address.path()) {
            case "/" ->
                text(
                        context,
                        request,
                        HttpResponseStatus.OK,
                        "text/html; charset=utf-8",
                        PageText.html(resource("page.html"), feed.now(), time.now()));
            case "/app.js" ->
                text(context, request, HttpResponseStatus.OK, "text/javascript; charset=utf-8", resource("app.js"));
            case "/app.css" ->
                text(context, request, HttpResponseStatus.OK, "text/css; charset=utf-8", resource("app.css"));
            case "/api/v1/state" ->
                text(
                        context,
                        request,
                        HttpResponseStatus.OK,
                        "application/json",
                        LiveStateJson.state(feed.now(), time.now(), reports::has));
            case "/metrics" ->
                text(
                        context,
                        request,
                        HttpResponseStatus.OK,
                        "text/plain; version=0.0.4; charset=utf-8",
                        PageText.metrics(feed.now(), time.now()));
            case "/events" -> watch(context, request);
            default -> report(context, request, address.path());
        }
    }

    /** A report holds texts of workloads and may run no script of theirs as one of this page. */
    private void report(ChannelHandlerContext context, HttpRequest request, String path) {
        Matcher named = REPORT.matcher(path);
        Optional<byte[]> report = named.matches() ? reports.read(named.group(1)) : Optional.empty();
        if (report.isEmpty()) {
            text(
                    context,
                    request,
                    HttpResponseStatus.NOT_FOUND,
                    "text/plain; charset=utf-8",
                    "There are /, /events, /api/v1/state, /sessions/ID/report.html where a report was made, /metrics"
                            + " and /healthz.\n");
            return;
        }
        HttpResponse response =
                response(HttpResponseStatus.OK, "text/html; charset=utf-8", Unpooled.wrappedBuffer(report.get()));
        response.headers().set(SECURITY_POLICY, REPORT_POLICY);
        write(context, request, response);
    }

    private void watch(ChannelHandlerContext context, HttpRequest request) {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        secure(response.headers(), "text/event-stream; charset=utf-8");
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache, no-transform")
                .set("X-Accel-Buffering", "no");
        if (request.method().equals(HttpMethod.HEAD)) {
            write(context, request, response);
            return;
        }
        HttpUtil.setTransferEncodingChunked(response, true);
        watching = true;
        deadline.end();
        var unused = context.writeAndFlush(response);
        viewers.accept(context.channel());
    }

    private void text(
            ChannelHandlerContext context, HttpRequest request, HttpResponseStatus status, String type, String text) {
        write(context, request, response(status, type, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8)));
    }

    private static HttpResponse response(HttpResponseStatus status, String type, ByteBuf body) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        secure(response.headers(), type);
        response.headers()
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }

    private static void secure(HttpHeaders headers, String type) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(SECURITY_POLICY, POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer");
    }

    private static void write(ChannelHandlerContext context, HttpRequest request, HttpResponse response) {
        boolean head = request.method().equals(HttpMethod.HEAD);
        boolean keep = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keep);
        Object sent = response;
        if (head && response instanceof DefaultFullHttpResponse full) {
            sent = full.replace(Unpooled.EMPTY_BUFFER); // the length stays that of the body
            full.release();
        }
        var written = context.writeAndFlush(sent);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static void refuse(ChannelHandlerContext context, HttpResponseStatus status, String why) {
        HttpResponse response = response(
                status, "text/plain; charset=utf-8", Unpooled.copiedBuffer(why + "\n", StandardCharsets.UTF_8));
        HttpUtil.setKeepAlive(response, false);
        var unused = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PageRequests.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("viewer={} {}", context.channel().remoteAddress(), cause.toString());
        var unused = context.close();
    }
}
