// Draws a graph whose things already have their places. The same graph stands on the page as a list, so that
// nothing is lost where this does not run.

const SIDE = 250; // the width of a thing and some air, in units of the drawing
const SMALLEST = 320; // pixels
const EDGE = 90; // pixels
const LEGIBLE = 0.7; // the smallest scale at which words are read with ease

const section = document.getElementById("drawing");
const holder = document.getElementById("net");
const told = document.getElementById("detail");

/** The colours of the stylesheet, as the browser computes them for light or dark. */
function palette(names) {
  const probe = document.createElement("span");
  probe.style.forcedColorAdjust = "none"; // else all would be one colour where the reader's own are forced
  document.body.append(probe);
  const found = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

function colours() {
  return palette(["ink", "card", "muted", "line-strong", "cause", "phase", "tactic", "thing", "source", "source-line",
    "sup", "cau", "dis", "gap", "des", "strong", "focus"]);
}

function groups(c) {
  const box = (background, border, font, radius, width) => ({
    color: { background, border, highlight: { background, border: c.strong }, hover: { background, border: c.strong } },
    font: { color: font, size: 15, face: "Atkinson Hyperlegible Next" },
    shapeProperties: { borderRadius: radius },
    widthConstraint: { minimum: width, maximum: width },
    margin: { top: 7, bottom: 7, left: 9, right: 9 },
    borderWidth: 1.5,
    borderWidthSelected: 4,
  });
  return {
    cause: { ...box(c.cause, c.ink, c.ink, 0, 150), size: 30, widthConstraint: { maximum: 170 } },
    phase: box(c.phase, c.strong, c.ink, 0, 120),
    tactic: box(c.tactic, c.ink, "#ffffff", 10, 190),
    thing: box(c.thing, c["line-strong"], c.ink, 10, 190),
    source: box(c.source, c["source-line"], c.ink, 0, 190),
  };
}

/** A mark on the middle of the line for each side that is not plain support, so that colour is not needed. */
const MARKS = { conditional: "circle", cautions: "triangle", disputes: "bar", gap: "diamond" };

function styled(edge, c) {
  const quiet = edge.stance === "quiet";
  const colour = { supports: c.sup, conditional: c.sup, cautions: c.cau, disputes: c.dis, gap: c.gap, describes: c.des,
    quiet: c.muted }[edge.stance] ?? c.muted;
  return {
    ...edge,
    color: { color: colour, highlight: colour, hover: colour, opacity: quiet ? 0.75 : 1 },
    width: quiet ? 1 : 2,
    selectionWidth: 2,
    smooth: { ...SMOOTH, roundness: SMOOTH.roundness / (1 + edge.parallel) },
    arrows: {
      ...(edge.arrows && { [edge.arrows]: { enabled: true, scaleFactor: 0.6 } }),
      ...(MARKS[edge.stance] && { middle: { enabled: true, type: MARKS[edge.stance], scaleFactor: 0.7 } }),
    },
  };
}

const SMOOTH = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.7 };

const OPTIONS = {
  physics: false,
  interaction: { keyboard: { enabled: true, bindToWindow: false }, hover: true, zoomView: false, dragNodes: false },
};

class Drawing {
  constructor(data) {
    this.data = data;
    this.at = -1;
    this.nodes = new vis.DataSet(data.nodes);
    this.edges = new vis.DataSet(data.edges.map((edge, id) => ({ id, ...edge })));
    this.filter();
    this.size();
    this.net = new vis.Network(holder, { nodes: this.nodes, edges: this.edges }, OPTIONS);
    this.paint();
    this.name();
    this.net.on("selectNode", ({ nodes }) => this.tell(nodes[0]));
    this.net.on("deselectNode", () => { this.at = -1; });
    this.net.on("doubleClick", ({ nodes }) => nodes[0] && location.assign(this.nodes.get(nodes[0]).href));
    this.net.fit();
  }

  paint() {
    const c = colours();
    this.net.setOptions({ groups: groups(c) });
    this.edges.update(this.edges.get().map((edge) => styled({ ...this.data.edges[edge.id], id: edge.id }, c)));
  }

  /** The inner element owns the tab stop, so it carries role and name. */
  name() {
    const inner = holder.querySelector(".vis-network");
    inner.setAttribute("role", "application");
    inner.setAttribute("aria-label", holder.dataset.label);
    inner.setAttribute("aria-describedby", "detail");
  }

  shown() {
    return this.nodes.get({ filter: (node) => !node.hidden });
  }

  /** Height follows what is shown, so that words stay about the same size. */
  size() {
    const [xs, ys] = ["x", "y"].map((axis) => this.shown().map((node) => node[axis]));
    const across = Math.max(...xs) - Math.min(...xs) + SIDE;
    const down = Math.max(...ys) - Math.min(...ys) + 110;
    const scale = Math.min(1.05, Math.max(section.clientWidth, SMALLEST) / across);
    holder.style.blockSize = `${Math.max(SMALLEST, Math.round(down * scale))}px`;
  }

  /** Hides the kinds of links that are not ticked, and what only they reached. */
  filter() {
    const ticked = new Set([...document.querySelectorAll("#linkkinds input:checked")].map((box) => box.value));
    const edges = this.edges.get().map(({ id, relation }) => ({ id, hidden: !ticked.has(relation) }));
    this.edges.update(edges);
    const reached = new Set(this.edges.get({ filter: (e) => !e.hidden }).flatMap((e) => [e.from, e.to]));
    const root = this.data.nodes.find((node) => node.href === document.querySelector(".root a").getAttribute("href"));
    this.nodes.update(this.data.nodes.map(({ id }) => ({ id, hidden: !reached.has(id) && id !== root?.id })));
  }

  refilter() {
    this.filter();
    this.size();
    this.net.redraw();
    this.net.fit();
  }

  step(by) {
    const ids = this.shown().map((node) => node.id);
    this.at = (this.at + by + ids.length) % ids.length;
    this.net.selectNodes([ids[this.at]]);
    this.tell(ids[this.at]);
    this.bring(ids[this.at]);
  }

  /** Moves the drawing only where the thing cannot be seen well as it is. */
  bring(id) {
    const { x, y } = this.net.canvasToDOM(this.net.getPosition(id));
    const inside = x > EDGE && x < holder.clientWidth - EDGE && y > EDGE / 2 && y < holder.clientHeight - EDGE / 2;
    if (inside && this.net.getScale() >= LEGIBLE) return;
    this.net.focus(id, { scale: Math.max(this.net.getScale(), LEGIBLE) });
  }

  zoom(by) {
    this.net.moveTo({ scale: this.net.getScale() * by });
  }

  open() {
    const [chosen] = this.net.getSelectedNodes();
    if (chosen) location.assign(this.nodes.get(chosen).href);
  }

  tell(id) {
    const node = this.nodes.get(id);
    this.at = this.shown().findIndex((other) => other.id === id);
    const links = this.edges.get({ filter: (edge) => !edge.hidden && (edge.from === id || edge.to === id) });
    const sentences = links.slice(0, 6).map((edge) => this.sentence(edge, id));
    const rest = links.length > 6 ? ` And ${links.length - 6} more.` : "";
    const page = document.createElement("a");
    page.href = node.href;
    page.textContent = node.label;
    told.replaceChildren(`${node.kind}: `, page, `. ${sentences.join(" ")}${rest}`);
  }

  sentence(edge, id) {
    const away = edge.from === id;
    const other = this.nodes.get(away ? edge.to : edge.from).label;
    const standing = edge.told.includes(" – ") ? ` (${edge.told.split(" – ")[1]})` : "";
    const phrase = away ? edge.told.split(" – ")[0] : edge.back;
    return `${phrase[0].toUpperCase()}${phrase.slice(1)}: ${other}${standing}.`;
  }
}

async function start() {
  const answer = await fetch(holder.dataset.src);
  if (!answer.ok) throw new Error(`the data came back with ${answer.status}`);
  const data = await answer.json();
  await document.fonts.load('15px "Atkinson Hyperlegible Next"');
  section.hidden = false;
  const drawing = new Drawing(data);
  const acts = { in: () => drawing.zoom(1.25), out: () => drawing.zoom(0.8), fit: () => drawing.net.fit(),
    next: () => drawing.step(1), back: () => drawing.step(-1), open: () => drawing.open() };
  const keys = { n: "next", p: "back", f: "fit", "+": "in", "=": "in", "-": "out", Enter: "open" };
  section.querySelector(".tools").addEventListener("click", ({ target }) => acts[target.dataset.act]?.());
  holder.addEventListener("keydown", (event) => {
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    acts[act]();
    event.preventDefault();
  });
  document.getElementById("linkkinds").addEventListener("change", () => drawing.refilter());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawing.paint());
}

start().catch((error) => {
  section.hidden = true;
  console.error(`The drawing could not be made: ${error.message}`);
});
