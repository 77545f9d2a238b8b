"use strict";
(() => {
  const root = document.documentElement;
  const seriesElement = document.getElementById("series");
  const data = seriesElement ? JSON.parse(seriesElement.textContent) : { zone: "", axes: [], plots: {}, bands: [] };
  const plots = [];
  const DECIMALS_MOST = 3;
  const PAPER_WIDTH = 710;
  const PAPER_HEIGHT = 150;

  const css = (name) => getComputedStyle(root).getPropertyValue(name).trim();

  /* ---- series: differences to the one before, values as multiples of a power of ten ---- */

  function running(differences, scale) {
    let last = 0;
    return differences.map((d) => (d === null ? null : (last += d) * scale));
  }

  function decode() {
    const axes = data.axes.map((axis) => running(axis, 1e-3));
    const decoded = {};
    for (const [name, lines] of Object.entries(data.plots)) {
      decoded[name] = lines.map((line) => ({
        label: line.label,
        role: line.role,
        decimals: Math.min(DECIMALS_MOST, Math.max(0, -line.exponent)),
        x: axes[line.axis],
        y: running(line.values, Math.pow(10, line.exponent)),
      }));
    }
    return decoded;
  }

  const series = decode();
  const bands = data.bands.map((band) => ({ ...band, from: band.from / 1e3, to: band.to / 1e3 }));
  const timeWindow = bands.find((band) => band.window);

  /* ---- words for times and values ---- */

  const pad = (n) => String(n).padStart(2, "0");

  function clock(seconds, tenths) {
    const date = new Date(Math.round(seconds * 1e3));
    const text = pad(date.getUTCHours()) + ":" + pad(date.getUTCMinutes()) + ":" + pad(date.getUTCSeconds());
    return tenths ? text + "." + Math.floor(date.getUTCMilliseconds() / 100) : text;
  }

  function tick(seconds, step) {
    const date = new Date(seconds * 1e3);
    if (step >= 60 && date.getUTCHours() === 0 && date.getUTCMinutes() === 0) {
      return date.toISOString().slice(5, 10);
    }
    return step < 60 ? clock(seconds, step < 1) : clock(seconds, false).slice(0, 5);
  }

  function elapsed(seconds) {
    const whole = Math.abs(Math.round(seconds));
    const sign = seconds < -0.5 ? "−" : "+";
    const hours = Math.floor(whole / 3600);
    return sign + (hours > 0 ? hours + ":" : "") + pad(Math.floor(whole / 60) % 60) + ":" + pad(whole % 60);
  }

  const watts = (value, decimals) => value.toFixed(decimals).replace("-", "−") + " W";

  /* ---- one plot ---- */

  function table(lines) {
    const same = lines.every((line) => line.x === lines[0].x);
    return same
      ? [lines[0].x, ...lines.map((line) => line.y)]
      : uPlot.join(lines.map((line) => [line.x, line.y]));
  }

  /** From zero where all is shown; a zoom fits the plot to the values that are seen. */
  function yRange(name, lines) {
    const values = lines.flatMap((line) => [...line.y].filter((value) => value !== null && value !== undefined));
    const lowest = values.reduce((a, b) => Math.min(a, b), Infinity);
    const highest = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const room = name === "trace" ? 0.15 : 0.08;
    return (u, low, high) => {
      if (low === null || high === null) {
        return [0, 1];
      }
      if (name === "residual") {
        const reach = Math.max(Math.abs(low), Math.abs(high), 1e-9) * 1.1;
        return [-reach, reach];
      }
      if (low > lowest || high < highest) {
        const span = Math.max(high - low, 1e-3 * Math.abs(high), 1e-9);
        return [low - 0.08 * span, high + room * span];
      }
      return [Math.min(0, low), high > 0 ? high * (1 + room) : 1];
    };
  }

  /** Shades every phase below grid and lines and frames the window of the main figures, or names them above both. */
  function drawBands(u, names) {
    const { ctx, bbox } = u;
    const ratio = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.font = 11.5 * ratio + "px system-ui, sans-serif";
    ctx.textBaseline = "top";
    ctx.textAlign = "left"; // the axes' numbers leave another one
    let shaded = false;
    for (const band of bands) {
      const left = u.valToPos(band.from, "x", true);
      const right = u.valToPos(band.to, "x", true);
      if (band.name === "log" || right < bbox.left || left > bbox.left + bbox.width) {
        continue;
      }
      shaded = !shaded;
      if (!names) {
        if (band.window || shaded) {
          ctx.fillStyle = css(band.window ? "--window" : "--band");
          ctx.fillRect(left, bbox.top, right - left, bbox.height);
        }
        ctx.strokeStyle = css(band.window ? "--accent" : "--line");
        ctx.lineWidth = ratio;
        ctx.setLineDash(band.window ? [5 * ratio, 4 * ratio] : []);
        ctx.beginPath();
        for (const edge of [left, right]) {
          ctx.moveTo(edge, bbox.top);
          ctx.lineTo(edge, bbox.top + bbox.height);
        }
        ctx.stroke();
        continue;
      }
      const seenLeft = Math.max(left, bbox.left);
      const seenRight = Math.min(right, bbox.left + bbox.width);
      const name = band.window ? band.name + " (window)" : band.name;
      const text = [name, band.name].find((one) => ctx.measureText(one).width + 10 * ratio < seenRight - seenLeft);
      if (text) {
        ctx.fillStyle = css("--card");
        ctx.globalAlpha = 0.75;
        ctx.fillRect(seenLeft + 3 * ratio, bbox.top + 3 * ratio, ctx.measureText(text).width + 5 * ratio, 16 * ratio);
        ctx.globalAlpha = 1;
        ctx.fillStyle = css(band.window ? "--accent" : "--soft");
        ctx.fillText(text, seenLeft + 5 * ratio, bbox.top + 5 * ratio);
      }
    }
    ctx.restore();
  }

  function options(name, lines, element) {
    const axis = { stroke: () => css("--soft"), font: "12px system-ui, sans-serif", ticks: { stroke: () => css("--line"), width: 1 } };
    const grid = { stroke: () => css("--grid"), width: 1 };
    return {
      width: Math.max(280, element.clientWidth),
      height: name === "trace" ? 360 : 230,
      tzDate: (ts) => uPlot.tzDate(new Date(ts * 1e3), "Etc/UTC"),
      legend: { show: false },
      cursor: { y: false, drag: { x: true, y: false, setScale: true }, sync: { key: "run", scales: ["x", null] }, points: { size: 7 } },
      scales: { x: { time: true }, y: { range: yRange(name, lines) } },
      axes: [
        { ...axis, grid, space: 80, values: (u, splits, i, space, step) => splits.map((s) => tick(s, step)), label: `time of day [${data.zone}]`, size: 34, labelSize: 20, labelFont: "12px system-ui, sans-serif" },
        { ...axis, grid, size: 66, label: name === "residual" ? "residual [W]" : "power [W]", labelSize: 20, labelFont: "12px system-ui, sans-serif",
          values: (u, splits) => splits.map((s) => String(Number(s.toPrecision(6))).replace("-", "−")) },
      ],
      series: [{}, ...lines.map((line) => ({ label: line.label, stroke: () => css("--" + line.role), width: lines.length > 2 ? 1.1 : 1.6, points: { show: false } }))],
      hooks: {
        drawClear: [(u) => drawBands(u, false)],
        draw: name === "trace" ? [(u) => drawBands(u, true)] : [],
        setCursor: [(u) => u.wattline.tell()],
        setScale: [(u, key) => key === "x" && follow(u)],
      },
    };
  }

  /** All plots show the same time. */
  let following = false;
  function follow(u) {
    if (following) {
      return;
    }
    following = true;
    const { min, max } = u.scales.x;
    for (const other of plots) {
      if (other !== u && (other.scales.x.min !== min || other.scales.x.max !== max)) {
        other.setScale("x", { min, max });
      }
    }
    following = false;
  }

  function nearest(column, index) {
    for (let reach = 0; reach < 40; reach++) {
      for (const at of [index - reach, index + reach]) {
        if (column[at] !== undefined) {
          return column[at];
        }
      }
    }
    return null;
  }

  function tell(u, lines, readout) {
    const index = u.cursor.idx;
    if (index === null || index === undefined || u.cursor.left < 0) {
      readout.textContent = "\u00a0";
      return;
    }
    const at = u.data[0][index];
    const band = bands.find((one) => at >= one.from && at < one.to && one.name !== "log");
    const parts = [`${clock(at, true)} ${data.zone}`];
    if (timeWindow) {
      parts.push(elapsed(at - timeWindow.from) + " from the window's begin");
    }
    if (band) {
      parts.push(band.name);
    }
    lines.forEach((line, k) => {
      const value = nearest(u.data[k + 1], index);
      if (u.series[k + 1].show) {
        parts.push(line.label + " " + (value === null ? "no value" : watts(value, line.decimals)));
      }
    });
    readout.textContent = parts.join("  ·  ");
  }

  function zoom(u, factor) {
    const { min, max } = u.scales.x;
    const x = u.data[0];
    const centre = u.cursor.left >= 0 ? u.posToVal(u.cursor.left, "x") : (min + max) / 2;
    const low = Math.max(x[0], centre - (centre - min) * factor);
    const high = Math.min(x[x.length - 1], centre + (max - centre) * factor);
    if (high - low > 1) {
      u.setScale("x", { min: low, max: high });
    }
  }

  function showAll(u) {
    const x = u.data[0];
    u.setScale("x", { min: x[0], max: x[x.length - 1] });
  }

  function showWindow(u) {
    if (timeWindow) {
      const margin = 0.03 * (timeWindow.to - timeWindow.from);
      u.setScale("x", { min: timeWindow.from - margin, max: timeWindow.to + margin });
    }
  }

  function move(u, steps) {
    const x = u.data[0];
    const { min, max } = u.scales.x;
    const now = u.cursor.left >= 0 ? u.posToIdx(u.cursor.left) : u.valToIdx((min + max) / 2);
    const next = Math.max(0, Math.min(x.length - 1, now + steps));
    if (x[next] < min || x[next] > max) {
      const shift = x[next] < min ? x[next] - min : x[next] - max;
      u.setScale("x", { min: min + shift, max: max + shift });
    }
    u.setCursor({ left: u.valToPos(x[next], "x"), top: u.bbox.height / 2 / devicePixelRatio });
  }

  const KEYS = {
    ArrowLeft: (u, e) => move(u, e.shiftKey ? -20 : -1),
    ArrowRight: (u, e) => move(u, e.shiftKey ? 20 : 1),
    Home: (u) => move(u, -u.data[0].length),
    End: (u) => move(u, u.data[0].length),
    "+": (u) => zoom(u, 0.6),
    "=": (u) => zoom(u, 0.6),
    "-": (u) => zoom(u, 1 / 0.6),
    0: showAll,
    Escape: showAll,
    w: showWindow,
  };

  const ACTIONS = { in: (u) => zoom(u, 0.6), out: (u) => zoom(u, 1 / 0.6), all: showAll, window: showWindow };

  function keys(u, lines, bar) {
    const holder = bar.querySelector(".keys");
    lines.forEach((line, k) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = line.label;
      button.style.setProperty("--key", "var(--" + line.role + ")");
      button.setAttribute("aria-pressed", "true");
      button.addEventListener("click", () => {
        u.setSeries(k + 1, { show: !u.series[k + 1].show });
        button.setAttribute("aria-pressed", String(u.series[k + 1].show));
      });
      holder.append(button);
    });
    bar.querySelectorAll("[data-do]").forEach((button) => {
      button.hidden = button.dataset.do === "window" && !timeWindow;
      button.addEventListener("click", () => ACTIONS[button.dataset.do](u));
    });
    bar.hidden = false;
  }

  function draw(element) {
    const name = element.dataset.plot;
    const lines = series[name] || [];
    const figure = element.closest("figure");
    const readout = figure.querySelector(".readout");
    if (lines.length === 0) {
      readout.textContent = "There is nothing to draw here.";
      return;
    }
    const wattline = { tell: () => {}, height: name === "trace" ? 360 : 230 };
    const settings = options(name, lines, element);
    settings.hooks.init = [(u) => { u.wattline = wattline; }];
    const u = new uPlot(settings, table(lines), element);
    wattline.tell = () => tell(u, lines, readout);
    plots.push(u);
    keys(u, lines, figure.querySelector(".plotbar"));
    element.tabIndex = 0;
    element.setAttribute("role", "application");
    element.setAttribute("aria-label", element.dataset.title
      + ". Arrow keys move the cursor, plus and minus zoom, w shows the window, 0 shows all. The numbers are in the tables.");
    element.addEventListener("keydown", (event) => {
      const action = event.ctrlKey || event.metaKey || event.altKey ? null : KEYS[event.key];
      if (action) {
        event.preventDefault();
        readout.setAttribute("aria-live", "polite");
        action(u, event);
      }
    });
    element.addEventListener("mousemove", () => readout.setAttribute("aria-live", "off"));
    new ResizeObserver(() => {
      const width = Math.max(280, element.clientWidth);
      if (width !== u.width) {
        u.setSize({ width, height: u.height });
      }
    }).observe(element);
  }

  /** Draws again in the present colours; what has not been drawn yet takes them anyway. */
  function redraw() {
    plots.filter((u) => u.scales.x.min !== null).forEach((u) => u.redraw(true, true));
  }

  /* ---- theme: as the system, light, dark ---- */

  const THEMES = ["system", "light", "dark"];
  const NAMES = { system: "as the system", light: "light", dark: "dark" };
  const button = document.getElementById("theme");

  function remembered() {
    try {
      return localStorage.getItem("wattline-theme");
    } catch (e) {
      return null; // pages from disk may have no storage: the choice then holds for this view
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem("wattline-theme", theme);
    } catch (e) {
      console.info("the theme is not remembered: " + e.message);
    }
  }

  function apply(theme) {
    if (theme === "system") {
      root.removeAttribute("data-theme");
    } else {
      root.dataset.theme = theme;
    }
    button.textContent = "Theme: " + NAMES[theme];
    button.dataset.theme = theme;
    redraw();
  }

  /* ---- paper: light, and the first table of each section open; the others stay on the screen ---- */

  let closed = [];
  let screenTheme = "system";

  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main section > details:not([open])")].filter((one) => one.matches("details:first-of-type"));
    closed.forEach((details) => { details.open = true; });
    plots.forEach((u) => u.setSize({ width: PAPER_WIDTH, height: PAPER_HEIGHT }));
    screenTheme = button.dataset.theme;
    apply("light");
  });
  addEventListener("afterprint", () => {
    closed.forEach((details) => { details.open = false; });
    plots.forEach((u) => u.setSize({ width: Math.max(280, u.root.parentElement.clientWidth), height: u.wattline.height }));
    apply(screenTheme);
  });

  /* ---- a table of sessions: filter and sort ---- */

  function sessions(table) {
    const body = table.tBodies[0];
    const filter = document.getElementById("filter");
    const bad = document.getElementById("bad");
    const show = () => {
      const part = filter.value.toLowerCase();
      for (const row of body.rows) {
        const passed = row.dataset.overall === "pass";
        row.hidden = !row.cells[0].textContent.toLowerCase().includes(part) || (bad.checked && passed);
      }
    };
    filter.addEventListener("input", show);
    bad.addEventListener("change", show);
    const key = (row, cell) => {
      const text = row.cells[cell.cellIndex].textContent.trim();
      const number = parseFloat(text);
      return cell.classList.contains("number") ? (Number.isNaN(number) ? -Infinity : number) : text;
    };
    for (const cell of table.tHead.rows[0].cells) {
      let upwards = false;
      cell.addEventListener("click", () => {
        upwards = !upwards;
        const sorted = [...body.rows].sort((a, b) => {
          const [x, y] = [key(a, cell), key(b, cell)];
          return (x < y ? -1 : x > y ? 1 : 0) * (upwards ? 1 : -1);
        });
        body.append(...sorted);
      });
    }
  }

  document.querySelectorAll("[data-plot]").forEach(draw);
  document.querySelectorAll("#sessions").forEach(sessions);
  const asked = new URLSearchParams(location.search).get("theme") || location.hash.replace("#theme=", "");
  const first = THEMES.includes(asked) ? asked : remembered();
  apply(THEMES.includes(first) ? first : "system");
  button.hidden = false;
  button.addEventListener("click", () => {
    const next = THEMES[(THEMES.indexOf(button.dataset.theme) + 1) % THEMES.length];
    remember(next);
    apply(next);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
