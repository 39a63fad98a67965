
// The output as a surface over the plane, with what was found lifted onto it. Cells are painted from the far corner to the near one,
// so nearer ones hide farther ones; the pieces of curves wait for the cell in front of theirs, so that no cell cuts into them.
{
  const { columns, axes, x: gridX, y: gridY, values, inside } = surface, rows = gridY.length, across = columns - 1, up = rows - 1;
  const dark = matchMedia("(prefers-color-scheme: dark)"), lift = 0.006;
  const shareOf = (d, value) => (value - axes[d].range[0]) / (axes[d].range[1] - axes[d].range[0]);
  const nodes = values.map((value, k) => [shareOf(0, gridX[k % columns]), shareOf(1, gridY[Math.floor(k / columns)]), value === null ? NaN : shareOf(2, value)]);
  const corners = (i, j) => [j * columns + i, j * columns + i + 1, (j + 1) * columns + i + 1, (j + 1) * columns + i];

  // A colour by the height, shaded by the slope as under a lamp on the upper left, tinted where a region lies.
  function shade(i, j) {
    const [a, b, c, d] = corners(i, j).map(k => nodes[k]), height = (a[2] + b[2] + c[2] + d[2]) / 4;
    if (!Number.isFinite(height)) return null;
    const palette = dark.matches ? surface.dark : surface.light;
    const hex = palette[Math.max(0, Math.min(palette.length - 1, Math.round(height * (palette.length - 1))))];
    const slope = [(b[2] + c[2] - a[2] - d[2]) / 2 / (b[0] - a[0]), (c[2] + d[2] - a[2] - b[2]) / 2 / (d[1] - a[1])];
    const light = (0.35 * slope[0] * 0.6 - 0.35 * slope[1] * 0.6 + 0.87) / Math.hypot(slope[0] * 0.6, slope[1] * 0.6, 1);
    const bright = 0.80 + 0.23 * Math.max(0, light), region = dark.matches ? [79, 209, 169] : [30, 138, 110], share = inside && inside[j * across + i] === "1" ? 0.5 : 0;
    const channel = k => Math.round(Math.min(255, bright * ((1 - share) * parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16) + share * region[k])));
    return `rgb(${channel(0)} ${channel(1)} ${channel(2)})`;
  }

  let shades = [];
  const reshade = () => { shades = Array.from({ length: across * up }, (_, k) => shade(k % across, Math.floor(k / across))); };
  reshade();
  dark.addEventListener("change", reshade);

  const cellOf = (u, v) => [Math.max(0, Math.min(across - 1, Math.floor(u * across))), Math.max(0, Math.min(up - 1, Math.floor(v * up)))];

  // A curve lies at its level where it has one, else on the surface. Of a large family only some have a line.
  const lifted = data.curves.filter(curve => curve.line).map(curve => ({
    curve,
    line: Array.from({ length: curve.line.length / 2 }, (_, i) => {
      const [u, v] = [curve.line[2 * i], curve.line[2 * i + 1]], between = (d, part) => axes[d].range[0] + part * (axes[d].range[1] - axes[d].range[0]);
      return [u, v, shareOf(2, curve.level ?? fieldAt(between(0, u), between(1, v))) + lift];
    }),
  }));
  if (lifted.length < data.curves.length) document.querySelector("#surface ~ .hint").append(` ${lifted.length} of ${data.curves.length} curves are shown.`);

  const onPlane = p => p.every(Number.isFinite) && Math.min(p[0], p[1]) > -0.001 && Math.max(p[0], p[1]) < 1.001;

  // The curves in their pieces, each with the cell it lies over; dashes are cut here.
  const pieces = [];
  for (const { curve, line } of lifted) {
    let run = 0;
    for (let i = 0; i + 1 < line.length; i++) {
      const [from, to] = [line[i], line[i + 1]];
      run += Math.hypot(to[0] - from[0], to[1] - from[1]);
      if (curve.dashed && run % 0.03 > 0.016 || ![from, to].every(onPlane)) continue;
      pieces.push({ curve, from, to, cell: cellOf((from[0] + to[0]) / 2, (from[1] + to[1]) / 2) });
    }
  }
  const spots = [...(data.marks ?? []), ...(data.start?.length === 2 ? [{ at: data.start, part: "text", text: "start" }] : [])].map(mark => {
    const at = [shareOf(0, mark.at[0]), shareOf(1, mark.at[1]), shareOf(2, fieldAt(...mark.at)) + lift];
    return { mark, at, cell: cellOf(at[0], at[1]) };
  }).filter(spot => spot.at.every(Number.isFinite));

  const inkOf = (scene, curve) => { const ink = dark.matches ? curve.darkInk : curve.ink; return ink.startsWith("--") ? scene.color(ink.slice(2)) : ink; };

  // What lies over each cell, moved one cell towards the viewer.
  function waiting(items, step) {
    const cells = new Map();
    for (const item of items) {
      const i = Math.max(0, Math.min(across - 1, item.cell[0] + step[0])), j = Math.max(0, Math.min(up - 1, item.cell[1] + step[1])), key = j * across + i;
      cells.get(key)?.push(item) ?? cells.set(key, [item]);
    }
    return cells;
  }

  function paint(scene, far, drawAxes, probe) {
    const { pen, project, line, dot, color } = scene, places = nodes.map(project);
    const step = [far[0] ? -1 : 1, far[1] ? -1 : 1], strokes = waiting(pieces, step), marked = waiting(spots, step);
    const inks = new Map(data.curves.map(curve => [curve, inkOf(scene, curve)])), rim = color("paper");
    const wide = lifted.length > 8 ? 1.6 : 2.4;
    drawAxes();
    for (let b = 0; b < up; b++) {
      const j = step[1] > 0 ? b : up - 1 - b;
      for (let a = 0; a < across; a++) {
        const i = step[0] > 0 ? a : across - 1 - a, key = j * across + i;
        if (shades[key]) cell(pen, corners(i, j).map(k => places[k]), shades[key], i % 8 === 0, j % 8 === 0);
        stroke(scene, strokes.get(key) ?? [], inks, wide);
        for (const { mark, at } of marked.get(key) ?? []) dot(at, 4, color(mark.part), rim);
      }
    }
    if (probe?.at) dot(probe.at, 6, "transparent", color("text"));
  }

  // The pieces over a cell, those that follow each other on one curve in one go.
  function stroke({ pen, project }, here, inks, wide) {
    here.forEach(({ curve, from, to }, k) => {
      const before = here[k - 1];
      if (before?.to !== from) {
        pen.beginPath();
        pen.moveTo(...project(from));
      }
      pen.lineTo(...project(to));
      if (here[k + 1]?.from !== to) {
        Object.assign(pen, { strokeStyle: inks.get(curve), lineWidth: wide, lineJoin: "round", lineCap: "round" });
        pen.stroke();
      }
    });
  }

  // One cell; its outline closes the seams, and every eighth grid line is drawn.
  function cell(pen, [a, b, c, d], fill, upright, level) {
    pen.beginPath();
    pen.moveTo(...a); pen.lineTo(...b); pen.lineTo(...c); pen.lineTo(...d); pen.closePath();
    Object.assign(pen, { fillStyle: fill, strokeStyle: fill, lineWidth: 0.8, lineJoin: "round" });
    pen.fill();
    pen.stroke();
    if (!upright && !level) return;
    pen.beginPath();
    if (upright) { pen.moveTo(...a); pen.lineTo(...d); }
    if (level) { pen.moveTo(...a); pen.lineTo(...b); }
    Object.assign(pen, { strokeStyle: dark.matches ? "rgb(255 255 255 / 16%)" : "rgb(20 40 60 / 20%)", lineWidth: 0.8 });
    pen.stroke();
  }

  // The point of a curve that a place on its line belongs to.
  function pointNear(curve, at) {
    const far = i => Math.hypot(shareOf(0, curve.points[2 * i]) - at[0], shareOf(1, curve.points[2 * i + 1]) - at[1]);
    let near = 0;
    for (let i = 1; i < curve.points.length / 2; i++) if (far(i) < far(near)) near = i;
    return near;
  }

  // A mark, else a curve's point, else the nearest node of the surface under the pointer.
  function under(scene, x, y) {
    const away = at => { const [px, py] = scene.project(at); return Math.hypot(px - x, py - y); };
    for (const { mark, at } of spots) {
      if (away(at) < 8) return { at, curve: null, text: [mark.text, ...data.inputs.map((name, d) => `${name} = ${mark.at[d]}`)].join("\n") };
    }
    let best = null;
    for (const { curve, line } of lifted) {
      for (const at of line) { const distance = away(at); if (distance < 9 && (best === null || distance < best.distance)) best = { curve, at, distance }; }
    }
    if (best) return { ...best, i: pointNear(best.curve, best.at) };
    nodes.forEach((at, k) => { const distance = away(at); if (distance < 9 && (best === null || distance < best.distance)) best = { at, k, distance }; });
    return best && { at: best.at, text: [`${data.inputs[0]} = ${gridX[best.k % columns].toPrecision(5)}`, `${data.inputs[1]} = ${gridY[Math.floor(best.k / columns)].toPrecision(5)}`, `${data.outputs[surface.output]} = ${values[best.k].toPrecision(5)}`].join("\n") };
  }

  stage(document.getElementById("surface"), axes, { rise: 0.62, elevation: 0.6, paint, under });
}
