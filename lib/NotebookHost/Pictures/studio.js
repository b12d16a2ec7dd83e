(function () {
  "use strict";
  const drawings = [];
  for (const name of ["react", "newPlot"]) {
    const draw = Plotly[name];
    Plotly[name] = (...what) => {
      const drawing = draw(...what);
      drawings.push(drawing);
      return drawing;
    };
  }

  const frame = () => new Promise(requestAnimationFrame);

  // Sets an output on the stage and waits until all of it is drawn. Scripts of a contextual fragment run, those of innerHTML do not.
  window.stage = async html => {
    const stage = document.getElementById("stage");
    stage.replaceChildren(document.createRange().createContextualFragment(html));
    await frame();
    await frame();
    for (let drawn = -1; drawn !== drawings.length;) {
      drawn = drawings.length;
      await Promise.all(drawings);
      await frame();
    }
    drawings.length = 0;
    // A picture from the network stays away, as everywhere offline.
    await Promise.allSettled([...stage.querySelectorAll("img, image")].map(image => image.decode()));
    await document.fonts.ready;
    await frame();
    const { width, height } = stage.getBoundingClientRect();
    const labels = [...stage.querySelectorAll("[role=img][aria-label]")].map(element => element.getAttribute("aria-label"));
    return { width: Math.ceil(width), height: Math.ceil(height), alternative: labels.join(" ") };
  };
})();
