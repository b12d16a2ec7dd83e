(function () {
  "use strict";
  const address = "PLOTLY_ADDRESS";
  const charts = new WeakMap();
  // In the next frame: drawing may change a height, which an observer must not do to what it observes.
  const resized = new ResizeObserver(entries => requestAnimationFrame(() => entries.forEach(entry => draw(entry.target))));
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

  function styled(chart, ink, width) {
    const layout = themed(chart.layout, ink);
    const font = { family: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif", size: 13, color: rgba(ink, 1) };
    const ground = "rgba(0,0,0,0)";
    const axis = { gridcolor: rgba(ink, 0.13), zerolinecolor: rgba(ink, 0.25), linecolor: rgba(ink, 0.4), tickfont: { size: 12 } };
    const touch = window.matchMedia("(pointer: coarse)").matches;
    Object.assign(layout, { width, paper_bgcolor: ground, plot_bgcolor: ground, font: Object.assign(font, layout.font) });
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

  // Panels side by side come one below the other.
  function stack(layout, width, height) {
    const panels = Object.keys(layout).map(key => /^xaxis(\d*)$/.exec(key)).filter(Boolean).map(match => match[1]);
    if (panels.length < 2 || width >= 210 * panels.length) return height;
    const whole = panels.length * height - layout.margin.t - layout.margin.b;
    panels.forEach((number, i) => {
      const top = whole - i * height;
      layout["xaxis" + number].domain = [0, 1];
      layout["yaxis" + number].domain = [(top - height + layout.margin.t + layout.margin.b) / whole, top / whole];
    });
    return panels.length * height;
  }

  // Bars closer than their names and values are long: these lean over.
  function lean(layout, width, height) {
    const names = layout.xaxis.ticktext;
    if (width >= 62 * names.length + 50) return height;
    layout.xaxis.tickangle = -55;
    layout.annotations.filter(value => !value.xref).forEach(value => { value.textangle = -55; });
    layout.margin.b += 50;
    return height + 50;
  }

  // A picture keeps its shape and takes the whole width; its scale goes below.
  function widen(layout, width, height, data, fullWidth) {
    if (width >= 0.7 * fullWidth) return height;
    const scale = data.find(trace => trace.marker && trace.marker.colorbar);
    const margin = layout.margin;
    if (scale) {
      const bar = { orientation: "h", x: 0.5, xanchor: "center", y: 0, yanchor: "top", ypad: margin.b + 2, xpad: 0, len: 0.86 };
      Object.assign(scale.marker.colorbar, bar, { title: Object.assign(scale.marker.colorbar.title, { side: "bottom" }) });
      margin.r = margin.l;
      margin.b += 58;
    }
    // Titles keep their size while the room above the pictures shrinks.
    margin.t += 4;
    margin.autoexpand = false;
    const [columns, rows] = [layout.xaxis.range[1], layout.yaxis.range[0]];
    return Math.ceil((width - margin.l - margin.r) * rows / columns) + margin.t + margin.b;
  }

  // Words go on in the next line where the width ends; the name of the ground under a word says that a line begins with it.
  function wrap(layout, width, height) {
    const { shapes, annotations } = layout;
    if (width >= layout.xaxis.range[1]) return height;
    const edge = shapes[0].x0;
    let [left, top] = [edge, edge];
    shapes.forEach((ground, i) => {
      const [long, high] = [ground.x1 - ground.x0, ground.y1 - ground.y0];
      if (ground.name || left + long > width - edge) [left, top] = [edge, top + high + (ground.name === "sentence" ? 16 : 4)];
      annotations[i].x += left - ground.x0;
      annotations[i].y += top - ground.y0;
      Object.assign(ground, { x0: left, x1: left + long, y0: top, y1: top + high });
      left += long + 3;
    });
    const end = shapes[shapes.length - 1].y1 + edge;
    layout.xaxis.range = [0, width];
    layout.yaxis.range = [end, 0];
    return end;
  }

  // How our own kinds of chart fit a narrow place; the layout's meta says which kind it is. Each gives the height that it takes.
  const narrow = { panels: stack, bars: lean, pictures: widen, words: wrap };

  function draw(plot) {
    const chart = charts.get(plot);
    const Plotly = chart && (chart.Plotly || window.Plotly);
    if (!Plotly || !plot.clientWidth) return;
    Object.assign(plot.style, chart.shape);
    const { clientWidth: width, clientHeight } = plot;
    const ink = inkOf(plot);
    const data = themed(chart.data, ink);
    const layout = styled(chart, ink, width);
    const fit = narrow[layout.meta];
    const height = layout.height = fit ? fit(layout, width, clientHeight, data, parseFloat(plot.style.maxWidth)) : clientHeight;
    if (height !== clientHeight) Object.assign(plot.style, { height: height + "px", aspectRatio: "auto" });
    const state = [width, height, ink].join();
    if (chart.state === state) return;
    if (!chart.state) plot.textContent = "";
    chart.state = state;
    Plotly.react(plot, data, layout, { displayModeBar: false, responsive: false });
    if (chart.steps && !chart.slider) steer(plot, chart);
  }

  // A sequence: a slider that says which of its charts is drawn, and a button that moves it.
  function steer(plot, chart) {
    const bar = document.createElement("div");
    bar.className = "attention-steps";
    bar.style.cssText = "display:flex;gap:10px;align-items:center;margin:4px 0 0;font-size:14px";
    const [button, slider, value] = ["button", "input", "output"].map(name => bar.appendChild(document.createElement(name)));
    chart.slider = slider;
    Object.assign(button, { type: "button", textContent: "▶" });
    button.setAttribute("aria-label", "Play");
    button.style.cssText = "font:inherit;line-height:1;padding:5px 9px;color:inherit;background:transparent;border:1px solid currentColor;border-radius:4px;cursor:pointer";
    Object.assign(slider, { type: "range", min: 0, max: chart.steps.length - 1, value: chart.start });
    slider.setAttribute("aria-label", chart.name);
    slider.style.cssText = "flex:1;max-width:26em;min-width:6em";
    let timer = null;

    function show() {
      const step = Number(slider.value);
      value.textContent = chart.name + ": " + chart.labels[step];
      slider.setAttribute("aria-valuetext", chart.labels[step]);
      Object.assign(chart, chart.steps[step], { state: chart.state + "/" + step });
      draw(plot);
    }

    function stop() {
      clearInterval(timer);
      timer = null;
      button.textContent = "▶";
      button.setAttribute("aria-label", "Play");
    }

    // The first state stays for a moment; at the end it stops, and begins anew when asked again.
    function play() {
      if (Number(slider.value) === chart.steps.length - 1) slider.value = 0;
      show();
      timer = setInterval(() => {
        slider.value = Number(slider.value) + 1;
        show();
        if (!plot.isConnected || Number(slider.value) === chart.steps.length - 1) stop();
      }, 700);
      button.textContent = "❚❚";
      button.setAttribute("aria-label", "Pause");
    }

    button.addEventListener("click", () => timer ? stop() : play());
    slider.addEventListener("input", () => { if (timer) stop(); show(); });
    value.textContent = chart.name + ": " + chart.labels[chart.start];
    slider.setAttribute("aria-valuetext", chart.labels[chart.start]);
    plot.parentElement.after(bar);
  }

  function explain(plot) {
    // A still picture says more than a reason why there is nothing better.
    if (plot.querySelector("img")) return;
    plot.textContent = "This chart needs plotly.js, which could not be loaded. Offline, run: dotnet run -c Release --project lib/NotebookHost"
      + " and open artifacts/index.html.";
    plot.style.height = plot.style.aspectRatio = "auto";
  }

  function start(plot, chart) {
    const { height, aspectRatio } = plot.style;
    charts.set(plot, Object.assign({ shape: { height, aspectRatio } }, chart, chart.steps && chart.steps[chart.start]));
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
