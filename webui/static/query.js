"use strict";
/* The SPARQL editor (YASGUI) over this site's endpoint: its settings, the examples, and what it lacks for keyboards
   and screen readers. It asks no other host: terms and prefixes come from here, and nothing in an address but the
   query is believed. */
(() => {
  const place = document.getElementById("editor");
  const told = document.getElementById("editor-told");
  const site = new URL("..", document.currentScript.src); // it may stand below a path of its host
  const first = place.dataset.query;
  const { Yasgui } = window;
  const { Yasqe, Yasr } = Yasgui;

  /* Terms: our own instead of prefix.cc and the Linked Open Vocabularies. */
  let prefixes = {};
  const none = { class: [], property: [], prefixes: [] };
  const terms = fetch(new URL("sparql/terms.json", site)).then((answer) => (answer.ok ? answer.json() : none), () => none);
  terms.then((found) => { prefixes = Object.fromEntries(found.prefixes); });
  const offer = (kind, get) => Yasqe.forkAutocompleter(kind, { name: `our-${kind}`, bulk: true, persistenceId: null, get });
  offer("class", () => terms.then((found) => found.class));
  offer("property", () => terms.then((found) => found.property));
  offer("prefixes", () => terms.then((found) => found.prefixes.map(([name, address]) => `${name}: <${address}>`).sort()));
  Yasqe.defaults.editorHeight = matchMedia("(max-width: 48rem)").matches ? "19rem" : "27rem";
  Yasqe.defaults.autocompleters = ["variables", "our-class", "our-property", "our-prefixes"];

  /* Errors in words. */
  const words = (error) => {
    const text = (error.text || "").trim();
    if (/abort/i.test(text)) return "The query was stopped.";
    const unreached = !text || /failed to fetch|networkerror|load failed/i.test(text);
    return unreached ? "The endpoint could not be reached. Is the server running, and are you connected?" : text;
  };
  Yasr.defaults.errorRenderers = [async (error) => {
    const shown = document.createElement("div");
    const heading = shown.appendChild(document.createElement("h3"));
    heading.textContent = "This could not be answered";
    const text = shown.appendChild(document.createElement("pre"));
    text.textContent = words(error);
    text.tabIndex = 0;
    return shown;
  }];

  /* Sharing: the address at which the server itself answers the query. */
  const share = (query) => `${site}sparql?${new URLSearchParams({ query, format: "html" })}`;
  Yasgui.Tab.prototype.getShareableLink = function () { return share(this.getQuery()); };

  const yasgui = new Yasgui(place, {
    autofocus: false,
    populateFromUrl: false,
    persistenceId: "gapbridge",
    requestConfig: { endpoint: `${site}sparql`, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    yasqe: { value: place.hasAttribute("data-asked") ? "" : first },
    yasr: { prefixes: () => prefixes, maxPersistentResponseSize: 0 }, // an answer kept would outlive its data
  });

  /* A query from outside goes where it takes nothing away: to the tab that holds it, into one that nobody has
     written in, or into a new one. */
  const isSpare = (tab) => ["", first, tab.getPersistedJson().given].includes(tab.getQuery());
  const put = (query, name) => {
    const tabs = Object.values(yasgui._tabs);
    const same = tabs.find((tab) => tab.getQuery() === query);
    let tab = same || yasgui.getTab();
    if (same) yasgui.selectTabId(same.getId());
    else if (!tab || !isSpare(tab)) tab = yasgui.addTab(true);
    tab.getPersistedJson().given = query;
    tab.setQuery(query);
    if (name) tab.setName(name);
    return tab;
  };
  const asked = new URLSearchParams(location.hash.slice(1)).get("query") || (place.hasAttribute("data-asked") ? first : "");
  if (asked) put(asked);
  else if (!yasgui.getTab()) yasgui.addTab(true);

  document.getElementById("examples").addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-file]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const answer = await fetch(link.dataset.file);
    if (!answer.ok) return location.assign(link.href);
    const tab = put((await answer.text()).trim(), link.dataset.file.replace(/^.*\/|\.rq$/g, ""));
    const heading = document.getElementById("editor-heading");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ behavior: "instant" }); // an answer that comes meanwhile would cut a smooth way short
    tab.query().catch(() => {}); // the error is shown below the editor
  });

  yasgui.on("query", (_, tab) => {
    document.getElementById("answered").replaceChildren();
    told.textContent = "Asking …";
    history.replaceState(null, "", share(tab.getQuery()));
  });
  yasgui.on("queryResponse", (_, tab) => setTimeout(() => {
    const results = tab.getYasr().results;
    const rows = results?.getBindings()?.length;
    if (results?.hasError()) told.textContent = words(results.getError());
    else told.textContent = rows === undefined ? "Answered." : `${rows} row${rows === 1 ? "" : "s"}.`;
  }));

  /* Names, roles and links that YASGUI leaves out or gets wrong; each line sets only what differs, so it comes to rest. */
  const set = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };
  const each = (selector, change) => place.querySelectorAll(selector).forEach(change);
  const scrolls = (element, role, name) => {
    set(element, "tabindex", "0");
    set(element, "role", role);
    set(element, "aria-label", name);
  };
  const mend = () => {
    each(".yasqe .CodeMirror textarea", (e) => { set(e, "aria-label", "SPARQL query"); set(e, "aria-describedby", "editor-hint"); });
    each(".yasr .CodeMirror textarea", (e) => set(e, "aria-label", "Answer as text"));
    each(".CodeMirror-scroll", (e) => scrolls(e, "group", e.closest(".yasr") ? "Answer, to scroll" : "Query, to scroll"));
    each(".yasr_results", (e) => scrolls(e, "region", "Answer"));
    each(".tableSizer", (e) => set(e, "aria-label", "Rows on a page"));
    each(".tabsList[role]", (e) => e.removeAttribute("role"));
    each(".tabsList a", (e) => {
      const current = e.parentElement.classList.contains("active");
      for (const name of ["role", "aria-controls", "aria-selected"]) e.removeAttribute(name);
      set(e, "aria-current", String(current));
      set(e, "tabindex", "0");
    });
    each(".tabsList a input", (e) => set(e, "aria-label", "Name of this query"));
    each("[role=tabpanel]", (e) => set(e, "role", "group"));
    each(".yasqe_sharePopup input", (e) => set(e, "aria-label", "Address of this query"));
    each(`a.iri[href^="${place.dataset.base}"]`, (e) => set(e, "href", `${site.pathname}${e.href.slice(place.dataset.base.length)}`));
    each("th", (e) => {
      if (e.textContent.trim()) return;
      const name = e.appendChild(document.createElement("span"));
      name.className = "vh";
      name.textContent = "Row";
    });
  };
  const attributeFilter = ["tabindex", "class", "role"];
  new MutationObserver(mend).observe(place, { subtree: true, childList: true, attributes: true, attributeFilter });
  mend();
})();
