"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const readout = document.getElementById("readout");
const n = data.inputs.length, m = data.outputs.length;
const figures = { curve: document.querySelector("svg#curve"), profile: document.querySelector("svg#profile") };

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
    shape.style.display = hit ? "" : "none";
    if (!hit) continue;
    const [x, y] = placed(panel, hit.curve, hit.i);
    const [, top, , height] = panel.frame;
    const place = panel.y === -2 ? { x1: x, x2: x, y1: top, y2: top + height } : { cx: x, cy: y, r: 6 };
    for (const [name, value] of Object.entries(place)) shape.setAttribute(name, value);
  }
}

function lines({ curve, i }) {
  const rows = data.curves.length > 1 ? [curve.name] : [];
  for (let d = 0; d < Math.min(n, 12); d++) rows.push(`${data.inputs[d]} = ${curve.points[i * n + d]}`);
  if (n > 12) rows.push(`and ${n - 12} more inputs`);
  for (let k = 0; k < Math.min(m, 8); k++) rows.push(`${data.outputs[k]} = ${curve.values[i * m + k]}`);
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
  if (!svg) continue;
  svg.addEventListener("pointermove", event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const panel = data.panels.find(p => p.figure === name && at.x >= p.frame[0] && at.x <= p.frame[0] + p.frame[2] && at.y >= p.frame[1] && at.y <= p.frame[1] + p.frame[3]);
    const hit = panel && nearest(panel, at.x, at.y);
    tell(hit && (panel.y === -2 || hit.distance < 60) ? hit : null, event);
  });
  svg.addEventListener("pointerleave", event => tell(null, event));
}
