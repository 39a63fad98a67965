
// A mesh in its box. The graphics card draws it, with depth, on a sheet of its own that is laid onto the canvas; without one its triangles are
// painted from far to near.
{
  const { shares, faces, points, palette } = data, dark = matchMedia("(prefers-color-scheme: dark)");
  const count = shares.length / 3, corner = i => [shares[3 * i], shares[3 * i + 1], shares[3 * i + 2]];
  const rgb = value => [(value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255];

  const normals = new Float32Array(3 * count);
  for (let t = 0; t < faces.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map(k => corner(faces[t + k])), u = b.map((v, d) => v - a[d]), v = c.map((w, d) => w - a[d]);
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    for (let k = 0; k < 3; k++) for (let d = 0; d < 3; d++) normals[3 * faces[t + k] + d] += normal[d];
  }

  let low = Infinity, high = -Infinity;
  if (data.color !== undefined) {
    for (let i = 0; i < count; i++) { const value = points[i * n + data.color]; low = Math.min(low, value); high = Math.max(high, value); }
  }
  const colors = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    const share = high > low ? (points[i * n + data.color] - low) / (high - low) : 0;
    colors.set(rgb(palette[Math.min(palette.length - 1, Math.floor(share * palette.length))]), 3 * i);
  }

  // The other side of the surface is tinted.
  const inside = [0.80, 0.66, 0.50];

  // Edges with one triangle, to be drawn as lines.
  const border = [];
  {
    const edges = new Map(), key = (a, b) => Math.min(a, b) * count + Math.max(a, b);
    for (let t = 0; t < faces.length; t++) {
      const [a, b] = [faces[t], faces[t % 3 === 2 ? t - 2 : t + 1]], k = key(a, b);
      edges.set(k, edges.has(k) ? null : [a, b]);
    }
    for (const edge of edges.values()) if (edge) border.push(...edge);
  }

  // The projection as a matrix: right, down, and away from the eye.
  function rows(project) {
    const o = project([0, 0, 0]), along = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map(e => project(e).map((v, k) => v - o[k]));
    const right = along.map(e => e[0]), down = along.map(e => e[1]);
    const away = [right[1] * down[2] - right[2] * down[1], right[2] * down[0] - right[0] * down[2], right[0] * down[1] - right[1] * down[0]];
    const length = Math.hypot(...away);
    return { o, right, down, away: away.map(v => v / length) };
  }

  // The light stands over the viewer's left shoulder.
  function lightOf({ right, down, away }) {
    const unit = v => { const length = Math.hypot(...v) || 1; return v.map(x => x / length); }, r = unit(right), d = unit(down);
    return unit(away.map((v, k) => -0.75 * v - 0.4 * r[k] - 0.55 * d[k]));
  }

  const sheet = document.createElement("canvas"), gl = sheet.getContext("webgl", { antialias: true, premultipliedAlpha: true });
  const card = gl && gl.getExtension("OES_element_index_uint") ? prepare() : null;

  function prepare() {
    const shader = (type, text) => { const made = gl.createShader(type); gl.shaderSource(made, text); gl.compileShader(made); return made; };
    const program = gl.createProgram();
    gl.attachShader(program, shader(gl.VERTEX_SHADER, `
      precision mediump float;
      attribute vec3 place, normal, color;
      uniform vec3 right, down, away;
      uniform vec2 origin, size;
      uniform float nearer;
      varying vec3 turned, ink;
      void main() {
        vec2 at = origin + vec2(dot(right, place), dot(down, place));
        gl_Position = vec4(2.0 * at.x / size.x - 1.0, 1.0 - 2.0 * at.y / size.y, 0.5 * dot(away, place - 0.5) - nearer, 1.0);
        turned = normal;
        ink = color;
      }`));
    gl.attachShader(program, shader(gl.FRAGMENT_SHADER, `
      precision mediump float;
      uniform vec3 light, away;
      uniform vec4 line;
      varying vec3 turned, ink;
      void main() {
        vec3 normal = normalize(turned);
        bool behind = dot(normal, away) > 0.0;
        float lit = 0.58 + 0.5 * dot(behind ? -normal : normal, light);
        vec3 side = behind ? mix(ink, vec3(${inside.map(v => v.toFixed(2)).join(", ")}), 0.55) : ink;
        gl_FragColor = line.a > 0.0 ? line : vec4(min(side * lit, 1.0), 1.0);
      }`));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null;
    gl.useProgram(program);
    [["place", new Float32Array(shares)], ["normal", normals], ["color", colors]].forEach(([name, values]) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
      gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
      const place = gl.getAttribLocation(program, name);
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, 3, gl.FLOAT, false, 0, 0);
    });
    const indices = values => {
      const buffer = gl.createBuffer();
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, new Uint32Array(values), gl.STATIC_DRAW);
      return buffer;
    };
    return { uniform: name => gl.getUniformLocation(program, name), triangles: indices(faces), lines: indices(border) };
  }

  function draw({ pen, project }) {
    const { clientWidth: width, clientHeight: height } = pen.canvas, ratio = devicePixelRatio || 1, view = rows(project);
    sheet.width = width * ratio;
    sheet.height = height * ratio;
    gl.viewport(0, 0, sheet.width, sheet.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    for (const name of ["right", "down", "away"]) gl.uniform3fv(card.uniform(name), view[name]);
    gl.uniform2fv(card.uniform("origin"), view.o);
    gl.uniform2f(card.uniform("size"), width, height);
    gl.uniform3fv(card.uniform("light"), lightOf(view));
    gl.uniform1f(card.uniform("nearer"), 0);
    gl.uniform4f(card.uniform("line"), 0, 0, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, card.triangles);
    gl.drawElements(gl.TRIANGLES, faces.length, gl.UNSIGNED_INT, 0);
    const ink = dark.matches ? 0.85 : 0.2;
    gl.uniform1f(card.uniform("nearer"), 0.002);
    gl.uniform4f(card.uniform("line"), ink, ink, ink, 1);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, card.lines);
    gl.drawElements(gl.LINES, border.length, gl.UNSIGNED_INT, 0);
    pen.drawImage(sheet, 0, 0, width, height);
  }

  function paintByHand({ pen, project, line, color }) {
    const view = rows(project), light = lightOf(view), places = Array.from({ length: count }, (_, i) => project(corner(i)));
    const depths = Array.from({ length: count }, (_, i) => corner(i).reduce((sum, v, d) => sum + v * view.away[d], 0));
    const order = Array.from({ length: faces.length / 3 }, (_, t) => t), depth = t => depths[faces[3 * t]] + depths[faces[3 * t + 1]] + depths[faces[3 * t + 2]];
    for (const t of order.sort((p, q) => depth(q) - depth(p))) {
      const [a, b, c] = [faces[3 * t], faces[3 * t + 1], faces[3 * t + 2]], normal = normals.subarray(3 * a, 3 * a + 3), length = Math.hypot(...normal) || 1;
      const behind = normal[0] * view.away[0] + normal[1] * view.away[1] + normal[2] * view.away[2] > 0, sense = behind ? -1 : 1;
      const lit = 0.58 + 0.5 * sense * (normal[0] * light[0] + normal[1] * light[1] + normal[2] * light[2]) / length;
      const side = k => behind ? 0.45 * colors[3 * a + k] + 0.55 * inside[k] : colors[3 * a + k];
      const fill = `rgb(${[0, 1, 2].map(k => Math.round(Math.min(255, 255 * lit * side(k)))).join(" ")})`;
      pen.beginPath();
      pen.moveTo(...places[a]); pen.lineTo(...places[b]); pen.lineTo(...places[c]); pen.closePath();
      Object.assign(pen, { fillStyle: fill, strokeStyle: fill, lineWidth: 0.6 });
      pen.fill();
      pen.stroke();
    }
    for (let k = 0; k < border.length; k += 2) line([corner(border[k]), corner(border[k + 1])], color("soft"), 1);
  }

  function paint(scene, far, drawAxes, probe) {
    drawAxes();
    if (card) draw(scene); else paintByHand(scene);
    if (data.start) scene.dot(data.start, 4, scene.color("text"), scene.color("paper"));
    if (probe) scene.dot(probe.at, 5, "transparent", scene.color("text"));
  }

  // The corner under the pointer that is nearest to the eye.
  function under(scene, x, y) {
    const { away } = rows(scene.project);
    let best = null;
    for (let i = 0; i < count; i++) {
      const at = corner(i), [px, py] = scene.project(at);
      if (Math.hypot(px - x, py - y) > 9) continue;
      const depth = at[0] * away[0] + at[1] * away[1] + at[2] * away[2];
      if (best === null || depth < best.depth) best = { i, at, depth };
    }
    if (!best) return null;
    const shown = data.inputs.slice(0, 12).map((name, d) => `${name} = ${points[best.i * n + d]}`);
    return { at: best.at, curve: null, text: [...shown, ...n > 12 ? [`and ${n - 12} more inputs`] : []].join("\n") };
  }

  stage(document.getElementById("mesh"), data.axes, { paint, under });
}
