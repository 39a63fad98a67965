"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const readout = document.getElementById("readout");
const n = data.inputs.length, m = data.outputs.length;
const figures = Object.fromEntries([...document.querySelectorAll("main svg[id]")].map(svg => [svg.id, svg]));
const marks = data.marks ?? [];
const surface = data.surface ?? null;

// Where point i of a curve stands on a panel along one direction: an input, the arc length, or nothing.
const quantity = (curve, i, axis) => axis >= 0 ? curve.points[i * n + axis] : axis === -1 ? curve.lengths[i] : NaN;
const placed = (panel, curve, i) => {
  const [left, top, width, height] = panel.frame;
  const share = (value, [low, high]) => (value - low) / (high - low);
  return [left + width * share(quantity(curve, i, panel.x), panel.xRange), top + height * (1 - share(quantity(curve, i, panel.y), panel.yRange))];
};

// The point of all curves nearest to a place on a panel.
function nearest(panel, x, y) {
  let best = null;
  data.curves.forEach((curve, c) => {
    for (let i = 0; i < curve.lengths.length; i++) {
      const [px, py] = placed(panel, curve, i);
      const distance = Math.hypot(px - x, panel.y === -2 ? 0 : py - y);
      if (best === null || distance < best.distance) best = { curve, c, i, distance };
    }
  });
  return best;
}

// A mark under the pointer, as a curve of one point that brings its own text.
function marked(panel, x, y) {
  for (const mark of marks) {
    const curve = { points: mark.at, lengths: [NaN] };
    const [px, py] = placed(panel, curve, 0);
    if (Math.hypot(px - x, py - y) < 9) return { curve, i: 0, distance: 0, text: `${mark.text}\n${data.inputs.map((name, d) => `${name} = ${mark.at[d]}`).join("\n")}` };
  }
  return null;
}

// The field at a place between its nodes, linear along both directions; NaN outside or where a node has no value.
function fieldAt(x, y) {
  const cell = (nodes, at) => {
    let low = 0, high = nodes.length - 1;
    while (high - low > 1) { const middle = low + high >> 1; if (nodes[middle] <= at) low = middle; else high = middle; }
    const part = (at - nodes[low]) / (nodes[low + 1] - nodes[low]);
    return part >= -1e-9 && part <= 1 + 1e-9 ? [low, part] : null;
  };
  const across = cell(surface.x, x), up = cell(surface.y, y);
  if (!across || !up) return NaN;
  const [[i, u], [j, v]] = [across, up], value = (p, q) => surface.values[q * surface.columns + p] ?? NaN;
  return (1 - v) * ((1 - u) * value(i, j) + u * value(i + 1, j)) + v * ((1 - u) * value(i, j + 1) + u * value(i + 1, j + 1));
}

// What is known of a place where no curve is near.
function place(panel, x, y) {
  const [left, top, width, height] = panel.frame;
  const between = ([low, high], part) => low + part * (high - low);
  const at = [between(panel.xRange, (x - left) / width), between(panel.yRange, 1 - (y - top) / height)];
  const rows = data.inputs.map((name, d) => `${name} = ${at[d].toPrecision(5)}`);
  if (surface) rows.push(`${data.outputs[0]} ≈ ${fieldAt(...at).toPrecision(5)}`);
  return { curve: { points: at, lengths: [NaN] }, i: 0, text: rows.join("\n") };
}

// One probe on every panel: a ring where both directions are known, an upright line along the arc length.
const shapes = data.panels.filter(panel => figures[panel.figure]).map(panel => {
  const shape = document.createElementNS(figures[panel.figure].namespaceURI, panel.y === -2 ? "line" : "circle");
  shape.setAttribute("class", "probe");
  shape.style.display = "none";
  figures[panel.figure].append(shape);
  return { panel, shape };
});

function show(hit) {
  for (const { panel, shape } of shapes) {
    shape.style.display = hit?.curve ? "" : "none";
    if (!hit?.curve) continue;
    const [x, y] = placed(panel, hit.curve, hit.i);
    const [, top, , height] = panel.frame;
    const place = panel.y === -2 ? { x1: x, x2: x, y1: top, y2: top + height } : { cx: x, cy: y, r: 6 };
    for (const [name, value] of Object.entries(place)) shape.setAttribute(name, value);
  }
}

function lines({ curve, i, text }) {
  if (text) return text;
  const rows = data.curves.length > 1 ? [curve.name] : [];
  for (let d = 0; d < Math.min(n, 12); d++) rows.push(`${data.inputs[d]} = ${curve.points[i * n + d]}`);
  if (n > 12) rows.push(`and ${n - 12} more inputs`);
  for (let k = 0; k < Math.min(m, curve.outputs, 8); k++) rows.push(`${data.outputs[k]} = ${curve.values[i * curve.outputs + k]}`);
  rows.push(`defect = ${curve.defects[i]}`, `arc length = ${curve.lengths[i]}`);
  return rows.join("\n");
}

function tell(hit, event) {
  show(hit);
  readout.hidden = !hit;
  if (!hit) return;
  readout.textContent = lines(hit);
  const box = readout.getBoundingClientRect();
  readout.style.left = Math.max(4, event.clientX + 16 + box.width > innerWidth ? event.clientX - 16 - box.width : event.clientX + 16) + "px";
  readout.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - box.height - 4)) + "px";
}

for (const [name, svg] of Object.entries(figures)) {
  svg.addEventListener("pointermove", event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const panel = data.panels.find(p => p.figure === name && at.x >= p.frame[0] && at.x <= p.frame[0] + p.frame[2] && at.y >= p.frame[1] && at.y <= p.frame[1] + p.frame[3]);
    if (!panel) return tell(null, event);
    const hit = marked(panel, at.x, at.y) ?? nearest(panel, at.x, at.y);
    if (hit && (panel.y === -2 || hit.distance < (data.marks ? 14 : 60))) return tell(hit, event);
    tell(data.marks ? place(panel, at.x, at.y) : null, event);
  });
  svg.addEventListener("pointerleave", event => tell(null, event));
}
