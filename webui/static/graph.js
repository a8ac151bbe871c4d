// Draws a graph whose things already have their places. What is shown stands in the address and is worked out by the
// server; the same graph stands on the page as a list, so that nothing is lost where this does not run.

const SIDE = 260; // the width of a thing and some air, in units of the drawing
const SMALLEST = 320; // pixels
const EDGE = 90; // pixels
const LARGEST = 1.05; // the scale at which words are as large as on the page
const LEGIBLE = 0.7; // the smallest scale at which words are read with ease
const PARTS = ["about-graph", "list"]; // what is put in anew, from the page at the new address
const TWICE = 2; // pixels of the PNG to a unit of the drawing

const section = document.getElementById("drawing");
const holder = document.getElementById("net");
const told = document.getElementById("detail");
const button = (act) => section.querySelector(`[data-act=${act}]`);

/** The colours of the stylesheet, as the browser computes them for light, dark or forced colours. */
function palette(names) {
  const probe = document.createElement("span");
  probe.className = "probe";
  document.body.append(probe);
  const found = names.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(found);
}

function colours() {
  return palette(["ink", "card", "muted", "line-strong", "cause", "phase", "tactic", "on-tactic", "thing", "source",
    "source-line", "sup", "cau", "dis", "gap", "des", "strong", "picked"]);
}

function groups(c) {
  const box = (background, border, font, radius, width) => ({
    color: { background, border, highlight: { background, border: c.picked }, hover: { background, border: c.strong } },
    font: { color: font, size: 15, face: "Atkinson Hyperlegible Next" },
    shapeProperties: { borderRadius: radius },
    widthConstraint: { minimum: width, maximum: width },
    margin: { top: 7, bottom: 7, left: 9, right: 9 },
    borderWidth: 1.5,
    borderWidthSelected: 4,
  });
  return {
    cause: { ...box(c.cause, c.ink, c.ink, 0, 150), size: 30, widthConstraint: { maximum: 190 } },
    phase: box(c.phase, c.strong, c.ink, 0, 120),
    tactic: box(c.tactic, c.ink, c["on-tactic"], 10, 190),
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
    smooth: edge.across ? { ...ACROSS, roundness: ACROSS.roundness / (1 + edge.parallel) }
      : { enabled: true, type: "curvedCW", roundness: 0.3 + edge.parallel / 10 },
    arrows: {
      ...(edge.arrows && { [edge.arrows]: { enabled: true, scaleFactor: 0.6 } }),
      ...(MARKS[edge.stance] && { middle: { enabled: true, type: MARKS[edge.stance], scaleFactor: 0.7 } }),
    },
  };
}

const ACROSS = { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: 0.7 };

const OPTIONS = {
  physics: false,
  interaction: { keyboard: { enabled: true, bindToWindow: false }, hover: true, zoomView: false, dragNodes: false },
};

class Drawing {
  constructor(data) {
    this.nodes = new vis.DataSet();
    this.edges = new vis.DataSet();
    this.chosen = null;
    this.fill(data);
    this.net = new vis.Network(holder, { nodes: this.nodes, edges: this.edges }, OPTIONS);
    this.paint();
    this.name();
    this.net.on("selectNode", ({ nodes }) => this.choose(nodes[0]));
    this.net.on("deselectNode", () => this.choose(null));
    this.net.on("doubleClick", ({ nodes }) => nodes[0] && location.assign(this.nodes.get(nodes[0]).href));
    this.fit();
  }

  fill({ root, nodes, edges }) {
    this.root = root;
    this.links = edges.map((edge, id) => ({ id, ...edge }));
    const kept = new Set(nodes.map((node) => node.id));
    this.edges.clear();
    this.nodes.remove(this.nodes.getIds().filter((id) => !kept.has(id)));
    this.nodes.update(nodes.map((node) => ({ ...node, title: undefined })));
    this.order = nodes.map((node) => node.id);
    this.edges.add(this.links);
    this.size();
  }

  /** Another part of the graph in place of this one; what was chosen stays so, where it still is there. */
  refill(data) {
    this.fill(data);
    this.paint();
    this.net.redraw();
    this.fit();
    this.choose(this.order.includes(this.chosen) ? this.chosen : null);
    if (this.chosen) this.bring(this.chosen);
  }

  paint() {
    const c = colours();
    this.net.setOptions({ groups: groups(c) });
    this.edges.update(this.links.map((edge) => styled(edge, c)));
  }

  /** The inner element owns the tab stop, so it carries role and name. */
  name() {
    const inner = holder.querySelector(".vis-network");
    inner.setAttribute("role", "application");
    inner.setAttribute("aria-label", holder.dataset.label);
    inner.setAttribute("aria-describedby", "detail");
  }

  /** Height follows what is shown, so that words stay about the same size. */
  size() {
    const { across, down } = this.extent();
    const scale = Math.min(LARGEST, Math.max(section.clientWidth, SMALLEST) / across);
    holder.style.blockSize = `${Math.max(SMALLEST, Math.round(down * scale))}px`;
  }

  extent() {
    const [xs, ys] = ["x", "y"].map((axis) => this.nodes.get().map((node) => node[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return { across: right - left + SIDE, down: bottom - top + 130, x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  /** All of it in sight, as large as it may be: the library’s own fit leaves much empty. */
  fit() {
    const { across, down, x, y } = this.extent();
    const scale = Math.min(LARGEST, holder.clientWidth / across, holder.clientHeight / down);
    this.net.moveTo({ position: { x, y }, scale });
  }

  step(by) {
    const at = this.order.indexOf(this.chosen);
    this.go(this.order[at < 0 ? (by > 0 ? 0 : this.order.length - 1) : (at + by + this.order.length) % this.order.length]);
  }

  /** To the thing that is nearest in a direction: sideways what it is linked with goes first. */
  towards(dx, dy) {
    const here = this.chosen && this.nodes.get(this.chosen);
    if (!here) return this.go(this.root);
    const linked = new Set(this.links.flatMap((e) => (e.from === here.id ? [e.to] : e.to === here.id ? [e.from] : [])));
    const cost = (node) => {
      const [x, y] = [node.x - here.x, node.y - here.y];
      const [along, aside] = dx ? [x * dx, Math.abs(y)] : [y * dy, Math.abs(x)];
      if (along <= 0 || (dy && aside > 0)) return Infinity;
      return along + 2 * aside + (dx && !linked.has(node.id) ? 10000 : 0);
    };
    const [best] = this.nodes.get().map((node) => [cost(node), node.id]).sort(([a], [b]) => a - b);
    return best[0] < Infinity ? this.go(best[1]) : undefined;
  }

  go(id) {
    this.net.selectNodes([id]);
    this.choose(id);
    this.bring(id);
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
    if (this.chosen) location.assign(this.nodes.get(this.chosen).href);
  }

  fold() {
    if (this.chosen) show(this.nodes.get(this.chosen).fold);
  }

  choose(id) {
    this.chosen = id;
    const node = id && this.nodes.get(id);
    for (const act of ["fold", "open"]) button(act).disabled = !node;
    button("fold").textContent = node?.open ? "Fold up" : "Unfold";
    if (node) this.tell(node);
  }

  tell(node) {
    const links = this.links.filter((edge) => edge.from === node.id || edge.to === node.id);
    const sentences = links.slice(0, 6).map((edge) => this.sentence(edge, node.id));
    const rest = links.length > 6 ? ` And ${links.length - 6} more, in the list.` : "";
    const folded = node.folded ? ` ${node.folded} more neighbours are not shown.` : "";
    const page = document.createElement("a");
    page.href = node.href;
    page.textContent = node.name;
    told.replaceChildren(`${node.kind}: `, page, `. ${sentences.join(" ")}${rest}${folded}`);
  }

  sentence(edge, id) {
    const away = edge.from === id;
    const other = this.nodes.get(away ? edge.to : edge.from).name;
    const phrase = away ? edge.phrase : edge.back;
    return `${phrase[0].toUpperCase()}${phrase.slice(1)}: ${other}${edge.standing ? ` (${edge.standing})` : ""}.`;
  }
}

let drawing = null;
let asked = 0;

/** Shows another part of the graph: the page at an address, without leaving this one. */
async function show(address, keep = true) {
  const mine = (asked += 1);
  section.setAttribute("aria-busy", "true");
  try {
    const page = new DOMParser().parseFromString(await text(address), "text/html");
    const data = JSON.parse(await text(page.getElementById("net").dataset.src));
    if (mine !== asked) return;
    replaceParts(page);
    holder.dataset.src = page.getElementById("net").dataset.src;
    drawing.refill(data);
    if (keep) history.pushState({ graph: true }, "", address);
  } catch {
    if (mine === asked) location.assign(address); // the page itself tells what is wrong
  } finally {
    if (mine === asked) section.removeAttribute("aria-busy");
  }
}

async function text(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} came back with ${answer.status}`);
  return answer.text();
}

/** The list, the counts and what can be chosen as they stand on the new page; the focus stays where it was. */
function replaceParts(page) {
  const was = document.activeElement;
  const key = was?.name ? `[name="${was.name}"][value="${was.value}"]` : was?.id && `#${was.id}`;
  const open = document.getElementById("choosing").open;
  for (const id of PARTS) document.getElementById(id).replaceWith(document.importNode(page.getElementById(id), true));
  section.querySelector(".legend").replaceWith(document.importNode(page.querySelector(".legend"), true));
  for (const id of ["as-svg", "as-graphml"]) document.getElementById(id).href = page.getElementById(id).href;
  document.getElementById("choosing").open = open;
  if (key && !was.isConnected) document.querySelector(key)?.focus();
  else if (!was.isConnected) document.getElementById("list-heading").focus();
}

/** The whole picture as PNG, drawn from the SVG, so that it does not depend on what is in sight. */
async function png() {
  const [svg, picture] = [document.getElementById("as-svg"), new Image()];
  picture.src = svg.href;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth * TWICE, picture.naturalHeight * TWICE];
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/png"); });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = document.getElementById("as-png").dataset.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const ACTS = {
  in: () => drawing.zoom(1.25),
  out: () => drawing.zoom(0.8),
  fit: () => drawing.fit(),
  next: () => drawing.step(1),
  back: () => drawing.step(-1),
  fold: () => drawing.fold(),
  open: () => drawing.open(),
  right: () => drawing.towards(1, 0),
  left: () => drawing.towards(-1, 0),
  down: () => drawing.towards(0, 1),
  up: () => drawing.towards(0, -1),
};
const KEYS = { n: "next", p: "back", f: "fit", u: "fold", "+": "in", "=": "in", "-": "out", Enter: "open",
  ArrowRight: "right", ArrowLeft: "left", ArrowDown: "down", ArrowUp: "up" };

function listen() {
  section.querySelector(".tools").addEventListener("click", ({ target }) => ACTS[target.dataset.act]?.());
  holder.addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    ACTS[act]();
    event.preventDefault();
    event.stopPropagation(); // the library’s own keys would move the drawing as well
  }, true);
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("#choices");
    if (form) show(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "choices") return;
    event.preventDefault();
    show(`${event.target.getAttribute("action")}?${new URLSearchParams(new FormData(event.target))}`);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-go]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(link.getAttribute("href"));
  });
  addEventListener("popstate", () => show(location.pathname + location.search, false));
  document.getElementById("as-png").addEventListener("click", () => png().catch(() => {
    told.textContent = "The picture could not be made here. The SVG holds the same.";
  }));
  for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
    matchMedia(query).addEventListener("change", () => drawing.paint());
  }
}

async function start() {
  performance.mark("graph asked");
  const data = JSON.parse(await text(holder.dataset.src));
  await document.fonts.load('15px "Atkinson Hyperlegible Next"');
  drawing = new Drawing(data);
  drawing.net.once("afterDrawing", () => performance.measure("graph drawn", "graph asked"));
  section.classList.add("is-live");
  listen();
}

start().catch((error) => {
  section.classList.add("is-broken");
  told.textContent = "The drawing could not be made. The list holds the same, and the SVG is a picture of it.";
  console.error(`The drawing could not be made: ${error.message}`);
});
