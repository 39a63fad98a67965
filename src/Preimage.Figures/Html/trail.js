"use strict";
// One frame of a trail at a time: the point as an image, what changed, outputs and coordinates as bars, and its place on the figure.
const data = JSON.parse(document.getElementById("data").textContent);
const element = id => document.getElementById(id);
const slider = element("slider"), play = element("play"), which = element("which");
const svg = document.querySelector("svg#trail");
const sprites = new Map();
let trail = data.trails[0], timer = null;

// A sprite, once its picture is there; frames are drawn again then.
function sprite(part) {
  if (!part) return null;
  if (!sprites.has(part)) {
    const picture = new Image();
    sprites.set(part, null);
    picture.onload = () => { sprites.set(part, picture); show(); };
    picture.src = `data:image/png;base64,${part.png}`;
  }
  return sprites.get(part);
}

// Line r of frame f is line r * perGroup + f of its group.
function paint(canvas, part, frame) {
  const picture = sprite(part);
  if (!canvas || !picture) return null;
  const pen = canvas.getContext("2d", { willReadFrequently: true }), { width, height } = canvas;
  const left = Math.floor(frame / part.perGroup) * width, line = frame % part.perGroup;
  for (let r = 0; r < height; r++) pen.drawImage(picture, left, r * part.perGroup + line, width, 1, 0, r, width, 1);
  return pen;
}

const palette = data.palette?.map(hex => [0, 2, 4].map(k => parseInt(hex.slice(k, k + 2), 16)));
function paintDifference(frame) {
  const canvas = element("difference"), pen = paint(canvas, trail.difference, frame);
  if (!pen) return;
  const image = pen.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < image.data.length; i += 4) image.data.set(palette[image.data[i]], i);
  pen.putImageData(image, 0, 0);
}

const number = value => typeof value === "string" ? value : value === 0 ? "0" : Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6 ? String(Number(value.toPrecision(5))) : value.toExponential(2);

// Rows of a name, a bar between the least and the largest value of any frame (0 and 1 of a probability), and the number; a line marks the first frame.
function bars(box, names, key, range) {
  const rows = names.map(name => {
    const row = document.createElement("div"), label = document.createElement("span"), track = document.createElement("span");
    const bar = document.createElement("i"), first = document.createElement("b"), text = document.createElement("span");
    label.textContent = label.title = name;
    track.className = "track";
    text.className = "number";
    track.append(bar, first);
    row.append(label, track, text);
    box.append(row);
    return { bar, first, text };
  });
  const place = (k, value) => { const [low, high] = range(k); return high > low ? Math.max(0, Math.min(1, (value - low) / (high - low))) : 0.5; };
  return frame => rows.forEach(({ bar, first, text }, k) => {
    const value = trail[key][frame * names.length + k], zero = place(k, 0), at = typeof value === "number" ? place(k, value) : zero;
    bar.style.left = `${100 * Math.min(zero, at)}%`;
    bar.style.width = `${100 * Math.abs(at - zero)}%`;
    first.style.left = `${100 * place(k, data.trails[0][key][k])}%`;
    text.textContent = number(value);
  });
}

// The least and the largest value of a column over all trails, once; one range for all columns where they are outputs.
function ranges(key, columns, shared) {
  const all = Array.from({ length: columns }, () => [Infinity, -Infinity]);
  for (const { [key]: values } of data.trails) values.forEach((value, i) => {
    if (typeof value !== "number") return;
    const range = all[shared ? 0 : i % columns];
    range[0] = Math.min(range[0], value, 0);
    range[1] = Math.max(range[1], value, 0);
  });
  return k => all[shared ? 0 : k];
}

function titled(box, title, names, key, range) {
  if (names.length === 0) return () => {};
  const heading = document.createElement("h2");
  heading.textContent = title;
  box.append(heading);
  return bars(box, names, key, range);
}
const part = (shown, all, word) => shown < all ? `${word}, ${shown} of ${all}` : word;
const drawOutputs = titled(element("outputs"), part(data.outputs.length, data.allOutputs, data.classes ? "probabilities" : "outputs"), data.outputs, "values", data.classes ? () => [0, 1] : ranges("values", data.outputs.length, true));
const drawCoordinates = titled(element("coordinates"), part(data.coordinates.length, data.allCoordinates, "inputs"), data.coordinates, "points", ranges("points", data.coordinates.length, false));

const shapes = ["circle", "line"].map(name => {
  const shape = document.createElementNS(svg.namespaceURI, name);
  shape.setAttribute("class", "probe here");
  svg.append(shape);
  return shape;
});

function drawPlace(frame) {
  const [, top, , height] = data.panels, [x, y] = [trail.spots[2 * frame], trail.spots[2 * frame + 1]], along = trail.x[frame];
  const [left, up, wide, high] = data.plane;
  const isOn = x >= left && x <= left + wide && y >= up && y <= up + high;
  shapes[0].style.display = isOn ? "" : "none";
  if (isOn) for (const [name, value] of Object.entries({ cx: x, cy: y, r: 7 })) shapes[0].setAttribute(name, value);
  for (const [name, value] of Object.entries({ x1: along, x2: along, y1: top, y2: top + height })) shapes[1].setAttribute(name, value);
}

function drawTokens(frame) {
  const box = element("tokens");
  if (!box || !trail.tokens) return box?.replaceChildren();
  const first = data.trails[0].tokens[0];
  box.replaceChildren(...trail.tokens[frame].map((token, k) => {
    const word = document.createElement(token === first[k] ? "span" : "mark");
    word.textContent = token;
    if (token !== first[k]) word.title = `${first[k]} at the start`;
    return word;
  }));
}

function show() {
  const frame = Number(slider.value);
  paint(element("image"), trail.image, frame);
  paintDifference(frame);
  drawOutputs(frame);
  drawCoordinates(frame);
  drawPlace(frame);
  drawTokens(frame);
  const parts = [`${data.abscissa} ${number(trail.along[frame])}`, `defect ${number(trail.defect[frame])}`, `${data.from} ${number(trail.distance[frame])}`];
  if (trail.chain) parts.unshift(`chain ${trail.chain[frame]}`);
  if (trail.label) parts.push(`label ${trail.label[frame]}`);
  element("where").textContent = parts.join(" · ");
  slider.setAttribute("aria-valuetext", parts.join(", "));
}

function go(frame) {
  slider.value = Math.max(0, Math.min(trail.along.length - 1, frame));
  show();
}

function choose(k) {
  trail = data.trails[k];
  const share = slider.max > 0 ? slider.value / slider.max : 0;
  slider.max = trail.along.length - 1;
  go(Math.round(share * (trail.along.length - 1)));
}

// All frames in about eight seconds, none faster than an eye follows.
function playing(on) {
  clearInterval(timer);
  timer = on ? setInterval(() => Number(slider.value) >= Number(slider.max) ? playing(false) : go(Number(slider.value) + 1), Math.max(40, 8000 / trail.along.length)) : null;
  play.textContent = on ? "Pause" : "Play";
}
const toggle = () => {
  if (!timer && Number(slider.value) >= Number(slider.max)) go(0);
  playing(!timer);
};

slider.addEventListener("input", () => { playing(false); show(); });
play.addEventListener("click", toggle);
which?.addEventListener("change", () => choose(Number(which.value)));
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target === which) return;
  const by = event.shiftKey ? 10 : 1, at = Number(slider.value);
  const to = { ArrowLeft: at - by, ArrowDown: at - by, ArrowRight: at + by, ArrowUp: at + by, Home: 0, End: Number(slider.max) }[event.key];
  if (to === undefined && event.key !== " ") return;
  event.preventDefault();
  if (to === undefined) return toggle();
  playing(false);
  go(to);
});
// A button would answer the space bar a second time.
play.addEventListener("keyup", event => { if (event.key === " ") event.preventDefault(); });

svg.addEventListener("click", event => {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  const inside = ([left, top, width, height]) => at.x >= left && at.x <= left + width && at.y >= top && at.y <= top + height;
  const away = inside(data.plane) ? i => Math.hypot(trail.spots[2 * i] - at.x, trail.spots[2 * i + 1] - at.y) : inside(data.panels) ? i => Math.abs(trail.x[i] - at.x) : null;
  if (!away) return;
  let near = 0;
  for (let i = 1; i < trail.x.length; i++) if (away(i) < away(near)) near = i;
  playing(false);
  go(near);
});
if (data.scale) element("scale").textContent = data.scale;
choose(0);
