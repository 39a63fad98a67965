
// The curve in its box, with its shadows on the far faces.
{
  const unit = (scene, curve, i) => [0, 1, 2].map(d => scene.share(d, curve.points[3 * i + d]));

  function paint(scene, far, drawAxes, probe) {
    const { line, dot, color } = scene;
    const shadowed = data.curves[0], all = curve => curve.lengths.map((_, i) => unit(scene, curve, i));
    for (let d = 0; d < 3; d++) line(all(shadowed).map(p => p.map((v, e) => e === d ? far[d] : v)), color("shadow"), 1.5, shadowed.closed);
    drawAxes();
    [...data.curves.keys()].reverse().forEach(c => {
      const curve = data.curves[c], points = all(curve), ink = color(`c${c % 4}`);
      if (c === 0) line(points, color("paper"), 5, curve.closed);
      line(points, ink, c === 0 ? 2.6 : 1.8, curve.closed, c === 0 ? [] : [6, 6]);
      if (!curve.closed) [points[0], points[points.length - 1]].forEach(p => dot(p, 4, color("paper"), ink));
    });
    if (data.start.length === 3) dot(data.start.map((v, d) => scene.share(d, v)), 4.5, color("text"), color("paper"));
    if (probe) dot(unit(scene, probe.curve, probe.i), 6, "transparent", color("text"));
  }

  function under(scene, x, y) {
    let best = null;
    for (const curve of data.curves) {
      for (let i = 0; i < curve.lengths.length; i++) {
        const [px, py] = scene.project(unit(scene, curve, i)), distance = Math.hypot(px - x, py - y);
        if (best === null || distance < best.distance) best = { curve, i, distance };
      }
    }
    return best && best.distance < 40 ? best : null;
  }

  stage(document.getElementById("space"), data.axes, { paint, under });
}
