// What a page looks like, in numbers. Each function lists what is wrong.
const name = element => `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""} “${element.textContent.trim().slice(0, 40)}”`;
const visible = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && element.getBoundingClientRect().width > 0 && element.getBoundingClientRect().right > 0;

function parts(colour) {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha / 255];
}

const over = (top, under) => [0, 1, 2].map(i => top[3] * top[i] + (1 - top[3]) * under[i]).concat(1);

function ground(element) {
  if (!element) return parts(matchMedia("(prefers-color-scheme: dark)").matches ? "black" : "white");
  const own = parts(getComputedStyle(element).backgroundColor);
  return own[3] === 1 ? own : over(own, ground(element.parentElement));
}

// WCAG 2.2, relative luminance and contrast ratio.
function luminance(colour) {
  const [red, green, blue] = colour.slice(0, 3).map(part => part / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(element, colour) {
  const under = ground(element);
  const [bright, dark] = [luminance(over(colour, under)), luminance(under)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function faintText() {
  const texts = [...document.querySelectorAll("body *:not(script, style, svg *)")]
    .filter(element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()) && visible(element))
    .map(element => [element, contrast(element, parts(getComputedStyle(element).color))]);
  return texts.filter(([, ratio]) => ratio < 4.5).map(([element, ratio]) => `${name(element)}: ${ratio.toFixed(2)}`);
}

function faintChartText() {
  const texts = [...document.querySelectorAll(".attention-plot svg text")].filter(text => text.textContent.trim() && visible(text)).map(text => {
    const style = getComputedStyle(text);
    const colour = parts(style.fill);
    colour[3] *= style.fillOpacity * style.opacity;
    return [text, contrast(text.closest(".attention-plot"), colour)];
  });
  if (!texts.length) return ["no text in any chart"];
  return texts.filter(([, ratio]) => ratio < 4.5).map(([text, ratio]) => `${name(text)}: ${ratio.toFixed(2)}`);
}

function smallChartText() {
  return [...document.querySelectorAll(".attention-plot svg text")].filter(text => text.textContent.trim() && parseFloat(getComputedStyle(text).fontSize) < 12).map(name);
}

// Wider than the window, and in no box that scrolls.
function overflowing() {
  const width = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= width) return [];
  return [`the page: ${document.scrollingElement.scrollWidth} of ${width}`]
    .concat([...document.querySelectorAll("main *")].filter(element => element.getBoundingClientRect().right > width + 1).slice(0, 5).map(name));
}

function chartsThatDoNotFit() {
  return [...document.querySelectorAll(".attention-plot")].filter(plot => {
    const box = plot.getBoundingClientRect();
    return box.left < 0 || box.right > document.documentElement.clientWidth + 1 || plot.scrollHeight > plot.clientHeight + 1;
  }).map(plot => plot.getAttribute("aria-label").slice(0, 60) + ` ${plot.clientWidth}×${plot.clientHeight}`);
}

function formulasWithoutSize() {
  const formulas = [...document.querySelectorAll("math")];
  if (!formulas.length) return ["no formula"];
  return formulas.filter(formula => {
    const { width, height } = formula.getBoundingClientRect();
    return width < 5 || height < 8 || ![...formula.querySelectorAll("mi, mo, mn")].some(leaf => leaf.getBoundingClientRect().width > 0);
  }).map(name);
}

function picturesWithoutWords() {
  const images = [...document.querySelectorAll("img")].filter(image => !image.closest("[role=img]") && !(image.getAttribute("alt") ?? "").trim());
  const drawings = [...document.querySelectorAll("svg, canvas, .attention-plot")].filter(drawing => visible(drawing) && !drawing.closest("[role=img][aria-label]"));
  return images.concat(drawings).map(name);
}

function headingsWithoutLinks() {
  return [...document.querySelectorAll("main :is(h1, h2, h3, h4)")].filter(heading => !heading.id || heading.querySelector("a.anchor")?.getAttribute("href") !== "#" + heading.id).map(name);
}
