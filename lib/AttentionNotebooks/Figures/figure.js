(function () {
  "use strict";
  const address = "PLOTLY_ADDRESS";
  const charts = new WeakMap();
  const resized = new ResizeObserver(entries => entries.forEach(entry => draw(entry.target)));
  let loading = null;

  // require.js would swallow a plain script's UMD export, so it is asked itself; any other AMD loader looks away meanwhile.
  function load() {
    const require = window.require;
    const amd = typeof window.define === "function" && window.define.amd;
    if (amd && require && typeof require.config === "function") {
      require.config({ paths: { attentionPlotly: address.replace(/\.js$/, "") } });
      return new Promise((resolve, reject) => require(["attentionPlotly"], resolve, reject));
    }
    return new Promise((resolve, reject) => {
      const define = window.define;
      const script = document.createElement("script");
      const settle = () => {
        if (amd) window.define = define;
        if (window.Plotly) resolve(window.Plotly); else reject(new Error(address));
      };
      if (amd) window.define = undefined;
      script.onload = script.onerror = settle;
      script.src = address;
      document.head.appendChild(script);
    });
  }

  // The page's own text colour says whether it is light or dark, in every host and theme.
  function inkOf(element) {
    const colour = getComputedStyle(element).color;
    const parts = (colour.match(/[\d.]+/g) || [0, 0, 0]).slice(0, 3).map(Number);
    return colour.startsWith("color(") ? parts.map(part => 255 * part) : parts;
  }

  const rgba = (parts, alpha) => "rgba(" + parts.map(Math.round).join(",") + "," + alpha + ")";

  // Text in a colour of the palette is mixed with ink until it reads on either ground.
  function mixed(colour, ink) {
    if (!/^#[0-9a-f]{6}$/i.test(colour)) return colour;
    return rgba(ink.map((part, i) => 0.4 * part + 0.6 * parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16)), 1);
  }

  function themed(value, ink) {
    if (Array.isArray(value)) return value.map(item => themed(item, ink));
    if (value && typeof value === "object")
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, themed(item, ink)]));
    return value === "#000000" ? rgba(ink, 1) : value === "faint" ? rgba(ink, 0.4) : value;
  }

  function styled(chart, ink, width, height) {
    const layout = themed(chart.layout, ink);
    const font = { family: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif", size: 13, color: rgba(ink, 1) };
    const ground = "rgba(0,0,0,0)";
    const axis = { gridcolor: rgba(ink, 0.13), zerolinecolor: rgba(ink, 0.25), linecolor: rgba(ink, 0.4), tickfont: { size: 12 } };
    const touch = window.matchMedia("(pointer: coarse)").matches;
    Object.assign(layout, { width, height, paper_bgcolor: ground, plot_bgcolor: ground, font: Object.assign(font, layout.font) });
    layout.margin ??= { l: 56, r: 20, t: 28, b: 48 };
    if (touch) layout.dragmode = false;
    layout.xaxis ??= {};
    layout.yaxis ??= {};
    Object.keys(layout).filter(key => /^[xy]axis\d*$/.test(key)).forEach(key => {
      layout[key] = Object.assign({}, axis, layout[key]);
      if (layout[key].title) layout[key].title = Object.assign({ font: { size: 13 } }, layout[key].title);
    });
    (layout.annotations || []).forEach(label => { if (label.font && label.font.color) label.font.color = mixed(label.font.color, ink); });
    return layout;
  }

  function draw(plot) {
    const chart = charts.get(plot);
    const { clientWidth: width, clientHeight: height } = plot;
    const ink = inkOf(plot);
    const state = [width, height, ink].join();
    if (!chart || !window.Plotly && !chart.Plotly || !width || chart.state === state) return;
    const Plotly = chart.Plotly || window.Plotly;
    if (!chart.state) plot.textContent = "";
    chart.state = state;
    Plotly.react(plot, themed(chart.data, ink), styled(chart, ink, width, height), { displayModeBar: false, responsive: false });
  }

  function explain(plot) {
    plot.textContent = "This chart needs plotly.js, which could not be loaded. Offline, run: dotnet run -c Release --project lib/NotebookHost"
      + " and open artifacts/index.html.";
    plot.style.height = plot.style.aspectRatio = "auto";
  }

  function start(plot, chart) {
    charts.set(plot, Object.assign({}, chart));
    resized.observe(plot);
    if (window.Plotly) return draw(plot);
    loading ??= load().catch(error => { loading = null; throw error; });
    loading.then(Plotly => { charts.get(plot).Plotly = Plotly; draw(plot); }, () => explain(plot));
  }

  function show(id, chart, patience = 20) {
    const plots = [...document.querySelectorAll('[data-figure="' + id + '"]')].filter(plot => !charts.has(plot));
    plots.forEach(plot => start(plot, chart));
    // Some hosts run the script before they attach the output.
    if (!plots.length && patience) requestAnimationFrame(() => show(id, chart, patience - 1));
  }

  const redraw = () => document.querySelectorAll(".attention-plot").forEach(draw);
  const themes = new MutationObserver(redraw);
  [document.documentElement, document.body].filter(Boolean).forEach(root => themes.observe(root, { attributes: true }));
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  return show;
})()
