
// The curve in its box, in parallel projection; the box's far faces carry the grid and the shadows.
const canvas = document.getElementById("space"), pen = canvas.getContext("2d"), initial = { azimuth: -0.62, elevation: 0.4, zoom: 1 };
let view = { ...initial }, drag = null, probe = null;
const share = (d, value) => (value - data.axes[d].range[0]) / (data.axes[d].range[1] - data.axes[d].range[0]);
const unit = (curve, i) => [0, 1, 2].map(d => share(d, curve.points[3 * i + d]));
const color = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

function project([x, y, z]) {
  const [sa, ca, se, ce] = [Math.sin(view.azimuth), Math.cos(view.azimuth), Math.sin(view.elevation), Math.cos(view.elevation)];
  const right = ca * (x - 0.5) - sa * (y - 0.5), deep = sa * (x - 0.5) + ca * (y - 0.5);
  const size = Math.min(canvas.clientWidth, canvas.clientHeight * 1.15) * 0.53 * view.zoom;
  return [canvas.clientWidth / 2 + size * right, canvas.clientHeight / 2 - size * (ce * (z - 0.5) + se * deep)];
}

function line(points, style, width, closed = false, dash = []) {
  pen.beginPath();
  points.forEach((p, k) => pen[k ? "lineTo" : "moveTo"](...project(p)));
  if (closed) pen.closePath();
  Object.assign(pen, { strokeStyle: style, lineWidth: width, lineJoin: "round", lineCap: "round" });
  pen.setLineDash(dash);
  pen.stroke();
  pen.setLineDash([]);
}

function dot(at, radius, fill, rim) {
  pen.beginPath();
  pen.arc(...project(at), radius, 0, 2 * Math.PI);
  Object.assign(pen, { fillStyle: fill, strokeStyle: rim, lineWidth: 2 });
  pen.fill();
  pen.stroke();
}

// far[d]: on which side (0 or 1) of the box the face across direction d lies behind the curve.
function farSides() {
  const [sa, ca, se] = [Math.sin(view.azimuth), Math.cos(view.azimuth), Math.sin(view.elevation)];
  return [sa > 0 ? 1 : 0, ca > 0 ? 1 : 0, se > 0 ? 0 : 1];
}

function drawFaces(far) {
  for (let d = 0; d < 3; d++) {
    const [a, b] = [(d + 1) % 3, (d + 2) % 3];
    const at = (u, v) => { const p = [0, 0, 0]; p[d] = far[d]; p[a] = u; p[b] = v; return p; };
    for (const t of data.axes[a].ticks) line([at(share(a, t), 0), at(share(a, t), 1)], color("grid"), 1);
    for (const t of data.axes[b].ticks) line([at(0, share(b, t)), at(1, share(b, t))], color("grid"), 1);
    line([at(0, 0), at(1, 0), at(1, 1), at(0, 1)], color("frame"), 1, true);
  }
}

function drawAxis(d, far, taken) {
  const others = [0, 1, 2].filter(e => e !== d), corner = [0, 0, 0];
  if (d === 2) {
    const corners = [[far[0], 1 - far[1]], [1 - far[0], far[1]]].sort((p, q) => project([...p, 0])[0] - project([...q, 0])[0]);
    [corner[0], corner[1]] = corners[0];
  } else {
    corner[2] = far[2];
    corner[others[0]] = 1 - far[others[0]];
  }
  const edge = t => { const p = [...corner]; p[d] = t; return p; };
  const [a, b, center] = [project(edge(0)), project(edge(1)), project([0.5, 0.5, 0.5])];
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1, middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  if (length < 30) return;
  let normal = [(b[1] - a[1]) / length, (a[0] - b[0]) / length];
  if (normal[0] * (center[0] - middle[0]) + normal[1] * (center[1] - middle[1]) > 0) normal = normal.map(v => -v);
  pen.font = `11.5px ${getComputedStyle(document.body).fontFamily}`;
  pen.textBaseline = "middle";
  pen.textAlign = normal[0] > 0.25 ? "left" : normal[0] < -0.25 ? "right" : "center";
  let widest = 0;
  data.axes[d].ticks.forEach((t, k) => {
    const at = project(edge(share(d, t))), text = data.axes[d].texts[k], width = pen.measureText(text).width;
    const [x, y] = [at[0] + 10 * normal[0], at[1] + 16 * normal[1]];
    const left = x - (pen.textAlign === "right" ? width : pen.textAlign === "center" ? width / 2 : 0);
    widest = Math.max(widest, width);
    if (taken.some(box => left < box[1] + 4 && box[0] < left + width + 4 && Math.abs(y - box[2]) < 12)) return;
    taken.push([left, left + width, y]);
    pen.fillStyle = color("soft");
    pen.fillText(text, x, y);
  });
  const away = 24 + Math.abs(normal[0]) * widest + Math.abs(normal[1]) * 10;
  pen.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  pen.fillStyle = color("text");
  pen.fillText(data.axes[d].label, middle[0] + away * normal[0], middle[1] + away * normal[1]);
}

function draw() {
  const ratio = devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const far = farSides();
  drawFaces(far);
  data.curves.forEach((curve, c) => {
    const points = curve.lengths.map((_, i) => unit(curve, i));
    if (c === 0) for (let d = 0; d < 3; d++) line(points.map(p => p.map((v, e) => e === d ? far[d] : v)), color("shadow"), 1.5, curve.closed);
  });
  const taken = [];
  for (let d = 0; d < 3; d++) drawAxis(d, far, taken);
  [...data.curves.keys()].reverse().forEach(c => {
    const curve = data.curves[c], points = curve.lengths.map((_, i) => unit(curve, i)), ink = color(`c${c % 4}`);
    if (c === 0) line(points, color("paper"), 5, curve.closed);
    line(points, ink, c === 0 ? 2.6 : 1.8, curve.closed, c === 0 ? [] : [6, 6]);
    if (!curve.closed) [points[0], points[points.length - 1]].forEach(p => dot(p, 4, color("paper"), ink));
  });
  if (data.start.length === 3) dot(data.start.map((v, d) => share(d, v)), 4.5, color("text"), color("paper"));
  if (probe) dot(unit(probe.curve, probe.i), 6, "transparent", color("text"));
}

function under(x, y) {
  let best = null;
  for (const curve of data.curves) {
    for (let i = 0; i < curve.lengths.length; i++) {
      const [px, py] = project(unit(curve, i)), distance = Math.hypot(px - x, py - y);
      if (best === null || distance < best.distance) best = { curve, i, distance };
    }
  }
  return best && best.distance < 40 ? best : null;
}

canvas.addEventListener("pointerdown", event => { canvas.setPointerCapture(event.pointerId); drag = { x: event.clientX, y: event.clientY, ...view }; });
canvas.addEventListener("pointerup", () => { drag = null; });
canvas.addEventListener("pointercancel", () => { drag = null; });
canvas.addEventListener("pointermove", event => {
  if (drag) {
    view.azimuth = drag.azimuth + (event.clientX - drag.x) / 150;
    view.elevation = Math.max(-1.5, Math.min(1.5, drag.elevation + (event.clientY - drag.y) / 150));
    probe = null;
  } else {
    probe = under(event.offsetX, event.offsetY);
  }
  tell(probe, event);
  draw();
});
canvas.addEventListener("pointerleave", event => { probe = null; tell(null, event); draw(); });
canvas.addEventListener("wheel", event => { event.preventDefault(); view.zoom = Math.max(0.3, Math.min(20, view.zoom * Math.exp(-event.deltaY / 600))); draw(); }, { passive: false });
canvas.addEventListener("dblclick", () => { view = { ...initial }; draw(); });
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
addEventListener("resize", draw);
draw();
