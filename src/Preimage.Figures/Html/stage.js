
// A box of three axes in parallel projection on a canvas, turned by pointer, wheel and keys. The scene paints what is in it and says
// what is under the pointer; its far faces carry the grid.
function stage(canvas, axes, { rise = 1, elevation = 0.4, paint, under }) {
  const pen = canvas.getContext("2d"), initial = { azimuth: -0.62, elevation, zoom: 1 };
  let view = { ...initial }, drag = null, probe = null;
  const share = (d, value) => (value - axes[d].range[0]) / (axes[d].range[1] - axes[d].range[0]);
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  // What the projection needs of the view and the canvas, taken once a picture.
  let look = null;
  function aim() {
    const { clientWidth: width, clientHeight: height } = canvas, size = Math.min(width, height * 1.15) * 0.53 * view.zoom;
    look = { sa: Math.sin(view.azimuth), ca: Math.cos(view.azimuth), se: Math.sin(view.elevation), ce: rise * Math.cos(view.elevation), size, x: width / 2, y: height / 2 };
  }

  function project([x, y, z]) {
    const { sa, ca, se, ce, size } = look, right = ca * (x - 0.5) - sa * (y - 0.5), deep = sa * (x - 0.5) + ca * (y - 0.5);
    return [look.x + size * right, look.y - size * (ce * (z - 0.5) + se * deep)];
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

  // far[d]: on which side (0 or 1) of the box the face across direction d lies behind the scene.
  function farSides() {
    const [sa, ca, se] = [Math.sin(view.azimuth), Math.cos(view.azimuth), Math.sin(view.elevation)];
    return [sa > 0 ? 1 : 0, ca > 0 ? 1 : 0, se > 0 ? 0 : 1];
  }

  function drawFaces(far) {
    for (let d = 0; d < 3; d++) {
      const [a, b] = [(d + 1) % 3, (d + 2) % 3];
      const at = (u, v) => { const p = [0, 0, 0]; p[d] = far[d]; p[a] = u; p[b] = v; return p; };
      for (const t of axes[a].ticks) line([at(share(a, t), 0), at(share(a, t), 1)], color("grid"), 1);
      for (const t of axes[b].ticks) line([at(0, share(b, t)), at(1, share(b, t))], color("grid"), 1);
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
    axes[d].ticks.forEach((t, k) => {
      const at = project(edge(share(d, t))), text = axes[d].texts[k], width = pen.measureText(text).width;
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
    label(axes[d].label, middle[0] + away * normal[0], middle[1] + away * normal[1], d === 2);
  }

  // A name that fits: the upright axis has its name above it when it would not fit beside.
  function label(text, x, y, upright) {
    const width = pen.measureText(text).width;
    if (upright && x - width < 4) {
      pen.save();
      pen.translate(Math.max(9, x), y);
      pen.rotate(-Math.PI / 2);
      pen.textAlign = "center";
      pen.fillText(text, 0, 0);
      return pen.restore();
    }
    const left = x - (pen.textAlign === "right" ? width : pen.textAlign === "center" ? width / 2 : 0);
    pen.fillText(text, x + Math.max(0, 4 - left) - Math.max(0, left + width - canvas.clientWidth + 4), y);
  }

  function draw() {
    const ratio = devicePixelRatio || 1;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    aim();
    const far = farSides(), taken = [];
    drawFaces(far);
    paint(scene, far, () => { for (let d = 0; d < 3; d++) drawAxis(d, far, taken); }, probe);
  }

  function turn(azimuth, height) {
    view.azimuth = azimuth;
    view.elevation = Math.max(-1.5, Math.min(1.5, height));
    probe = null;
  }

  function zoom(factor) { view.zoom = Math.max(0.3, Math.min(20, view.zoom * factor)); }

  canvas.addEventListener("pointerdown", event => { canvas.setPointerCapture(event.pointerId); drag = { x: event.clientX, y: event.clientY, ...view }; });
  canvas.addEventListener("pointerup", () => { drag = null; });
  canvas.addEventListener("pointercancel", () => { drag = null; });
  canvas.addEventListener("pointermove", event => {
    const before = probe;
    if (drag) turn(drag.azimuth + (event.clientX - drag.x) / 150, drag.elevation + (event.clientY - drag.y) / 150);
    else probe = under(scene, event.offsetX, event.offsetY);
    tell(probe, event);
    if (drag || before || probe) draw();
  });
  canvas.addEventListener("pointerleave", event => { probe = null; tell(null, event); draw(); });
  canvas.addEventListener("wheel", event => { event.preventDefault(); zoom(Math.exp(-event.deltaY / 600)); draw(); }, { passive: false });
  canvas.addEventListener("dblclick", () => { view = { ...initial }; draw(); });
  canvas.addEventListener("keydown", event => {
    const act = {
      ArrowLeft: () => turn(view.azimuth - 0.1, view.elevation), ArrowRight: () => turn(view.azimuth + 0.1, view.elevation),
      ArrowUp: () => turn(view.azimuth, view.elevation - 0.1), ArrowDown: () => turn(view.azimuth, view.elevation + 0.1),
      "+": () => zoom(1.2), "=": () => zoom(1.2), "-": () => zoom(1 / 1.2), 0: () => { view = { ...initial }; },
    }[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
    draw();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", draw);
  const scene = { pen, share, color, project, line, dot };
  draw();
}
