// Run inside a page by looks.py. Each function gives the faults it finds, in words.
var looks = (() => {
  const named = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\s+/g, " ");
    return `<${element.tagName.toLowerCase()}${element.className ? ` class="${element.className}"` : ""}> ${words.slice(0, 60)}`;
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
  const every = (selector) => [...document.querySelectorAll(selector)];

  /** Title, language, headings that skip no level, and a skip link that comes first and leads to the content. */
  function frame() {
    const found = [];
    if (!document.title.trim()) found.push("no title");
    if (document.documentElement.lang !== "en") found.push("no language");
    let before = 0;
    for (const heading of every("h1, h2, h3, h4, h5, h6").filter(shown)) {
      const level = Number(heading.tagName[1]);
      if (level > before + 1) found.push(`heading skips a level: ${named(heading)}`);
      before = level;
    }
    if (every("h1").length !== 1) found.push("not one h1");
    const first = every("a[href], button, input, select, textarea, summary")[0];
    if (!first.classList.contains("skip") || !document.querySelector(first.getAttribute("href"))?.matches("main")) {
      found.push("no skip link comes first");
    }
    return found;
  }

  const LINKS = "a[href], [role=link]";
  const SAMPLE = "data-looked-at";

  /** Whether other words stand around a link, in the same paragraph, item or cell. */
  function amongWords(link) {
    let block = link.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    return block.textContent.trim() !== link.textContent.trim();
  }

  /** One of each kind of thing with words in it: what is alike in classes and colours, up to the root, is alike to read. */
  function kindsOfText() {
    const roots = new Map([[null, ""]]);
    const kindOf = (element) => {
      if (!roots.has(element)) {
        const { color, backgroundColor, backgroundImage, opacity } = getComputedStyle(element);
        const own = [element.tagName, element.getAttribute("class"), color, backgroundColor, backgroundImage, opacity];
        roots.set(element, `${kindOf(element.parentElement)}|${own.join(";")}`);
      }
      return roots.get(element);
    };
    const hasWords = (element) => element.matches(`input, select, textarea, ${LINKS}`)
      || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const kinds = new Map();
    for (const element of every("body *").filter((e) => hasWords(e) && shown(e))) {
      const { fontSize, fontWeight, textDecorationLine } = getComputedStyle(element);
      const among = element.matches(LINKS) && amongWords(element);
      const kind = [kindOf(element), fontSize, fontWeight, textDecorationLine, among].join("|");
      if (!kinds.has(kind)) kinds.set(kind, element);
    }
    return [...kinds.values()];
  }

  /** What axe finds (https://www.deque.com/axe): how colours are told apart, its longest work, on one of each kind alone. */
  async function barriers(options, everywhere) {
    const looked = everywhere ? [] : kindsOfText();
    if (!everywhere) {
      axe.configure({ rules: [
        { id: "color-contrast", selector: `[${SAMPLE}]` },
        { id: "link-in-text-block", selector: `:is(${LINKS})[${SAMPLE}]` },
      ] });
    }
    looked.forEach((element) => element.setAttribute(SAMPLE, ""));
    const found = (await axe.run(document, options)).violations;
    looked.forEach((element) => element.removeAttribute(SAMPLE));
    return found.flatMap((one) => one.nodes.slice(0, 3).map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
  }

  /** How far things moved after they were first drawn, which nobody asked for. */
  function shifts() {
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: "layout-shift", buffered: true });
    const moved = observer.takeRecords().filter((entry) => !entry.hadRecentInput && entry.value > 0.001);
    observer.disconnect();
    return moved.map((entry) => {
      const what = entry.sources.map((source) => source.node?.nodeType === 1 ? named(source.node) : "text").join("; ");
      return `${entry.value.toFixed(4)} (${what})`;
    });
  }

  function wide() {
    const root = document.documentElement;
    return root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`] : [];
  }

  const MARKS = ["outlineStyle", "outlineWidth", "outlineColor", "boxShadow", "backgroundColor", "borderColor"];
  const looksOf = (element) => {
    const style = getComputedStyle(element);
    return Object.fromEntries(MARKS.map((mark) => [mark, style[mark]]));
  };

  /** One of each kind of thing that takes the focus, where focusing it changes nothing that can be seen. */
  function unseenFocus() {
    const kinds = new Map();
    for (const element of every("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")) {
      const kind = `${element.tagName}.${element.className} in ${element.parentElement.className} ${element.closest("[class]")?.className}`;
      if (!element.disabled && shown(element) && !kinds.has(kind)) kinds.set(kind, element);
    }
    const found = [];
    for (const element of kinds.values()) {
      const before = looksOf(element);
      element.focus({ focusVisible: true });
      if (document.activeElement !== element) found.push(`takes no focus: ${named(element)}`);
      const after = looksOf(element);
      const box = element.getBoundingClientRect();
      if (MARKS.every((mark) => before[mark] === after[mark])) found.push(`no visible focus: ${named(element)}`);
      else if (box.right <= 0 || box.bottom + scrollY <= 0) found.push(`focused outside the page: ${named(element)}`);
      element.blur();
    }
    scrollTo(0, 0);
    return found;
  }

  /** WCAG 1.4.12: with text spaced as widely as a reader may ask, nothing is cut off and nothing is off the screen. */
  function spaced() {
    const cut = (element) => {
      const style = getComputedStyle(element);
      const clips = /hidden|clip/;
      if (element.matches("input, select, textarea")) return false; // their text moves with the cursor
      return (clips.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (clips.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
    };
    const seen = every("main *, header *, footer *").filter((e) => shown(e) && !e.closest("svg, .vh, .find, .vis-network, .yasgui"));
    const already = new Set(seen.filter(cut));
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const found = seen.filter((element) => cut(element) && !already.has(element)).map((element) => `cut off: ${named(element)}`);
    found.push(...wide());
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    return found.slice(0, 5);
  }

  /** On paper nothing is there to be pressed, the content is, and addresses elsewhere are told. */
  function onPaper() {
    const pressed = every("nav, button, input, select, textarea, form").filter(shown);
    const found = pressed.map((element) => `can only be pressed: ${named(element)}`);
    if (!shown(document.querySelector("main h1"))) found.push("no heading");
    for (const link of every("main a[href^='http']").filter(shown)) {
      const told = getComputedStyle(link, "::after").content.includes("attr(href)") || getComputedStyle(link, "::after").content.includes(link.getAttribute("href"));
      if (!told && !link.textContent.includes("/")) found.push(`address not told: ${named(link)}`);
    }
    return found.slice(0, 5);
  }

  /** What still moves although the reader asked for less motion. */
  function moving() {
    const found = document.getAnimations().map((one) => `an animation of ${named(one.effect.target)}`);
    if (getComputedStyle(document.documentElement).scrollBehavior !== "auto") found.push("scrolling");
    const lasting = every("main *, header *").filter((element) => {
      const { transitionDuration, animationDuration } = getComputedStyle(element);
      return [transitionDuration, animationDuration].some((time) => time.split(",").some((part) => parseFloat(part) > 0.01));
    });
    return found.concat(lasting.slice(0, 3).map(named));
  }

  /** All that is wrong with a page as it stands; what changes its looks comes last. */
  async function faults(options, everywhere, scripted) {
    return [
      ...(scripted ? shifts().map((shift) => `the page moved by ${shift}`) : []),
      ...(await barriers(options, everywhere)),
      ...frame(),
      ...unseenFocus(),
      ...wide(),
      ...spaced().map((fault) => `with more space between letters: ${fault}`),
    ];
  }

  return { barriers, faults, wide, onPaper, moving };
})();
