"use strict";
// The live page: the state comes as server-sent events, the whole of it first and after each change, samples between.
(() => {
  const byId = (id) => document.getElementById(id);
  const SVG = "http://www.w3.org/2000/svg";
  const MOST = 600;
  const FRESH_SECONDS = 5;
  let state = null;
  let offset = 0; // director's clock less this browser's, ms

  const now = () => Date.now() + offset;
  const text = (node, value) => { if (node.textContent !== value) node.textContent = value; };
  const clock = (seconds) => {
    const s = Math.max(0, Math.floor(seconds));
    const parts = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60].map((n) => String(n).padStart(2, "0"));
    return (parts[0] === "00" ? parts.slice(1) : parts).join(":");
  };
  const power = (watts) => (Math.abs(watts) >= 10000 ? [watts / 1000, "kW", 3] : [watts, "W", watts < 100 ? 2 : 1]);
  const watts = (value) => { const [n, unit, digits] = power(value); return n.toFixed(digits) + " " + unit; };

  function element(name, value, className) {
    const node = document.createElement(name);
    if (value !== undefined) node.textContent = value;
    if (className) node.className = className;
    return node;
  }

  function facts(list) {
    byId("facts").replaceChildren(...list.map(([name, value]) => {
      const div = element("div");
      div.append(element("dt", name), element("dd", value));
      return div;
    }));
  }

  function show() {
    if (!state) return;
    const open = state.session;
    const last = state.ended[0];
    const taken = open && open.phase && state.sample && state.sample.phase === open.phase ? state.sample : null;
    const silent = taken ? Math.floor((now() - taken.at) / 1000) : 0;
    const sample = silent > FRESH_SECONDS ? null : taken; // an old one says nothing about now
    let word = "Nothing is being measured";
    let style = "";
    if (open) {
      word = open.phase || (open.state === "initial" ? "preparing" : open.state);
    } else if (last) {
      word = last.outcome;
      style = last.outcome;
    }
    text(byId("phase"), word);
    byId("phase").className = style;
    text(byId("session"), open ? "Session " + open.id : last ? "Last session " + last.id : "");
    text(byId("watts"), sample ? watts(sample.watts) : "");
    const list = [];
    if (open && open.phase) {
      const elapsed = (now() - open.phaseBegan) / 1000;
      list.push(["Elapsed", clock(elapsed) + (open.expectedSeconds ? " of about " + clock(open.expectedSeconds) : "")]);
    }
    if (taken && !sample) list.push(["Latest sample", silent + " s ago"]);
    if (sample) {
      list.push(["Samples", String(sample.number)]);
      if (sample.analyzers.length > 1) sample.analyzers.forEach((w, i) => list.push(["Analyzer " + (i + 1), watts(w)]));
    }
    if (open) list.push(["Runner", open.client]);
    if (!open && last && last.cause) list.push(["Cause", last.cause]);
    facts(list);
    document.title = open ? "▶ " + word + (sample ? " " + watts(sample.watts) : "") : last ? word + " – Wattline" : "Wattline";
    icon(open ? (open.findings.length ? "#d99a1c" : "#1d6fc4") : last && last.outcome === "failed" ? "#b32424" : "#8a96a3");
  }

  function icon(color) {
    byId("icon").href = "data:image/svg+xml," + encodeURIComponent(
      `<svg xmlns="${SVG}" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="${color}"/></svg>`);
  }

  function findings() {
    const list = state.session ? state.session.findings : [];
    byId("found").hidden = list.length === 0;
    byId("findings").replaceChildren(...list.map((one) => {
      const item = element("li", undefined, one.severity);
      item.append(element("b", one.id), " " + one.text);
      if (one.remedy) item.append(element("small", "Usual cause: " + one.cause + " Remedy: " + one.remedy));
      return item;
    }));
  }

  function ended() {
    byId("none").hidden = state.ended.length > 0;
    byId("ended").hidden = state.ended.length === 0;
    byId("ended").tBodies[0].replaceChildren(...state.ended.map((one) => {
      const row = element("tr");
      const outcome = element("td", one.outcome, one.outcome);
      if (one.cause) outcome.append(element("small", one.cause));
      const id = element("td", one.report ? undefined : one.id);
      if (one.report) {
        const link = element("a", one.id);
        link.href = one.report;
        id.append(link);
      }
      row.append(id, outcome, element("td", new Date(one.began).toLocaleString(undefined, { dateStyle: "short", timeStyle: "short" })), element("td", clock((one.ended - one.began) / 1000)), element("td", one.findings === undefined ? "–" : String(one.findings)));
      return row;
    }));
  }

  function row(...cells) {
    const row = element("tr");
    row.append(...cells.map((cell) => (cell instanceof Node ? cell : element("td", cell))));
    return row;
  }

  function withReason(value, why, className) {
    const cell = element("td", value, className);
    if (why) cell.append(element("small", why));
    return cell;
  }

  function lab() {
    const now = state.lab;
    byId("lab").hidden = !now;
    if (!now) return;
    const held = [now.paused && "Paused: " + now.paused, now.reserved].filter(Boolean).join("; ");
    byId("held").hidden = !held;
    text(byId("held"), held);
    byId("suts").replaceChildren(...now.suts.map((one) =>
      row(one.name, withReason(one.state, one.why, one.state === "ready" ? "done" : ""))));
    byId("queue").hidden = now.jobs.length === 0;
    byId("jobs").replaceChildren(...now.jobs.map((one) =>
      row(withReason(one.id, one.by), one.sut, withReason(one.workload, one.kind), withReason(one.state, one.waitsFor))),
      ...(now.more ? [row("and " + now.more + " more", "", "", "")] : []));
  }

  function svg(name, attributes, value) {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, v]) => node.setAttribute(key, v));
    if (value !== undefined) node.textContent = value;
    return node;
  }

  function step(span, most) {
    const raw = span / most;
    const ten = 10 ** Math.floor(Math.log10(raw));
    return [1, 2, 5, 10].map((f) => f * ten).find((s) => s >= raw);
  }

  // A gap of more than 3 s between samples is a gap in the line: nothing was measured there.
  function chart() {
    const points = state.samples;
    byId("chart").hidden = points.length < 2;
    if (points.length < 2) return;
    const box = byId("chart").querySelector("svg");
    const width = Math.max(300, box.clientWidth);
    const height = 240;
    const left = 64, right = 12, top = 10, bottom = 24;
    const t0 = points[0][0], t1 = Math.max(points[points.length - 1][0], t0 + 10000);
    const most = Math.max(...points.map((p) => p[1]), 1) * 1.08;
    const x = (t) => left + ((t - t0) / (t1 - t0)) * (width - left - right);
    const y = (w) => height - bottom - (Math.max(0, w) / most) * (height - top - bottom);
    const parts = [];
    const dy = step(most, 5);
    for (let w = 0; w <= most; w += dy) {
      parts.push(svg("line", { class: "grid", x1: left, x2: width - right, y1: y(w), y2: y(w) }));
      parts.push(svg("text", { x: left - 8, y: y(w) + 4, "text-anchor": "end" }, (dy < 1 ? w.toFixed(1) : String(Math.round(w))) + " W"));
    }
    const dt = [10, 30, 60, 120, 300, 600, 1800, 3600].map((s) => s * 1000).find((s) => (t1 - t0) / s <= Math.max(2, width / 140)) || 7200000;
    for (let t = Math.ceil(t0 / dt) * dt; t <= t1; t += dt) {
      parts.push(svg("text", { x: x(t), y: height - 6, "text-anchor": "middle" }, new Date(t).toTimeString().slice(0, 8)));
    }
    let line = [];
    const flush = () => { if (line.length) parts.push(svg("polyline", { points: line.join(" ") })); line = []; };
    points.forEach((p, i) => {
      if (i && p[0] - points[i - 1][0] > 3000) flush();
      line.push(x(p[0]).toFixed(1) + "," + y(p[1]).toFixed(1));
    });
    flush();
    box.setAttribute("viewBox", `0 0 ${width} ${height}`);
    box.replaceChildren(...parts);
    text(byId("caption"), "Power of all analyzers, W, the latest " + points.length + " samples; a gap is time without a measurement. Times are this browser's.");
  }

  function all() { show(); findings(); lab(); ended(); chart(); }

  function connect() {
    const source = new EventSource("events");
    source.addEventListener("state", (event) => {
      state = JSON.parse(event.data);
      offset = state.now - Date.now();
      byId("link").className = "";
      text(byId("link"), "live");
      all();
    });
    source.addEventListener("sample", (event) => {
      if (!state) return;
      state.sample = JSON.parse(event.data);
      state.samples.push([state.sample.at, state.sample.watts, state.sample.phase]);
      if (state.samples.length > MOST) state.samples.shift();
      show();
      chart();
    });
    source.onerror = () => {
      byId("link").className = "lost";
      text(byId("link"), "no connection to the director; what is shown is old");
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 5000); // a proxy's error page, a changed token
    };
  }

  setInterval(show, 1000);
  addEventListener("resize", () => { if (state) chart(); });
  connect();
})();
