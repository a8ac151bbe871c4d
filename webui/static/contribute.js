// What only makes making a claim smoother: it saves as one goes, advises while one types, and finds things.
// The form is whole without it.
const QUIET = 3000;
const PAUSE = 150;
const SITE = new URL("..", import.meta.url).pathname; // it may stand below a path of its host
const form = document.getElementById("claim-form");
document.querySelector("[data-first-focus]")?.focus();
if (location.hash === "#preview") document.getElementById("preview")?.focus();

if (form) saving(form);
for (const field of document.querySelectorAll("[data-thing]")) finding(field);
for (const select of document.querySelectorAll("[data-kind]")) narrowing(select);

function saving(form) {
  const told = form.querySelector("[data-saved]");
  let timer = 0;
  let busy = false;
  let again = false;
  let left = false;
  const quiet = () => {
    if (left) return;
    clearTimeout(timer);
    timer = setTimeout(save, QUIET);
  };
  async function save() {
    if (busy) return void (again = true);
    busy = true;
    try {
      await send(form, told, () => left);
    } finally {
      busy = false;
      if (again) ((again = false), quiet());
    }
  }
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-unsaved]")) return advise(form);
    quiet();
  });
  form.addEventListener("change", (event) => event.target.matches("[data-unsaved]") || quiet());
  form.addEventListener("submit", (event) => {
    if (left) return event.preventDefault(); // pressed twice
    if (busy) {
      // what is being saved just now must be known first, or the draft would look stale
      event.preventDefault();
      const by = event.submitter;
      const wait = setInterval(() => busy || (clearInterval(wait), form.requestSubmit(by)), 50);
      return;
    }
    clearTimeout(timer);
    left = true;
  });
  addEventListener("pageshow", () => (left = false));
}

async function send(form, told, gone) {
  const data = new FormData(form);
  data.delete("passage");
  data.delete("text");
  try {
    const answer = await fetch(`${SITE}contribute/claim/quiet`, { method: "POST", body: data });
    const said = (answer.headers.get("Content-Type") ?? "").includes("json") ? await answer.json() : {};
    if (gone()) return;
    if (said.draft) {
      form.elements.draft.value = said.draft;
      form.elements.version.value = said.version;
      told.textContent = `Saved as a draft at ${said.at}.`;
    } else if (said.stale) told.textContent = "This draft was saved from somewhere else. Press “Save draft” to see both.";
    else if (!answer.ok) told.textContent = "This could not be saved just now. Press “Save draft” to try again.";
    if (said.advice && !form.elements.passage?.value) show(form, said.advice);
    else advise(form);
  } catch {
    told.textContent = "There is no connection: nothing was saved since. Your words stay in this form.";
  }
}

let advising = 0;
function advise(form) {
  clearTimeout(advising);
  advising = setTimeout(async () => {
    const data = new FormData();
    for (const name of ["csrf_token", "gist", "passage"]) data.set(name, form.elements[name]?.value ?? "");
    for (const name of ["stance", "force"]) data.set(name, form.querySelector(`[name=${name}]:checked`)?.value ?? "");
    const answer = await fetch(`${SITE}contribute/claim/advice`, { method: "POST", body: data }).catch(() => null);
    if (answer?.ok) show(form, (await answer.json()).advice);
  }, 400);
}
document.getElementById("gist")?.addEventListener("input", () => advise(form));

function show(form, advice) {
  const list = form.querySelector("#gist-advice ul");
  const texts = advice.filter((one) => one.field === "gist").map((one) => one.text);
  if ([...list.children].map((each) => each.textContent).join() === texts.join()) return;
  list.replaceChildren(...texts.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
}

// A field for a thing: a combobox with a list (ARIA Authoring Practices, “Combobox”).
function finding(field) {
  const input = field.querySelector(".lookup input");
  const list = document.createElement("ul");
  list.id = `offers-${field.dataset.thing}`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "What can be taken");
  list.hidden = true;
  const told = Object.assign(document.createElement("span"), { className: "vh" });
  told.setAttribute("role", "status");
  input.parentElement.append(list);
  field.append(told);
  const set = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(set)) input.setAttribute(name, value);
  const state = { field, input, list, told, found: [], at: -1, timer: 0, asking: null };
  input.addEventListener("input", (event) => {
    event.stopPropagation(); // words that are looked for are no answer yet
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(state), PAUSE);
  });
  input.addEventListener("keydown", (event) => press(event, state));
  input.addEventListener("blur", () => close(state));
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(state, [...list.children].indexOf(option));
  });
}

async function ask(state) {
  const words = state.input.value.trim();
  state.asking?.abort();
  if (words.length < 2) return close(state);
  state.asking = new AbortController();
  const query = new URLSearchParams({ for: state.field.dataset.thing, q: words });
  try {
    const answer = await fetch(`${SITE}contribute/things?${query}`, { signal: state.asking.signal });
    state.found = answer.ok ? await answer.json() : [];
    if (document.activeElement === state.input) offer(state);
  } catch (error) {
    if (error.name !== "AbortError") close(state);
  }
}

function offer(state) {
  state.at = -1;
  state.list.replaceChildren(...state.found.map((one, index) => option(state.list.id, one, index)));
  state.input.removeAttribute("aria-activedescendant");
  open(state, state.found.length > 0);
  state.told.textContent = state.found.length ? `${state.found.length} to choose from` : "Nothing found";
}

function option(id, one, index) {
  const made = document.createElement("li");
  made.id = `${id}-${index}`;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  const kind = Object.assign(document.createElement("span"), { className: "of", textContent: one.kind });
  made.append(Object.assign(document.createElement("span"), { textContent: one.label }), " ", kind);
  return made;
}

function press(event, state) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && state.found.length) {
    event.preventDefault();
    if (state.list.hidden) open(state, true);
    const places = state.found.length + 1;
    state.at = ((state.at + 1 + step + places) % places) - 1;
    [...state.list.children].forEach((each, index) => each.setAttribute("aria-selected", String(index === state.at)));
    const chosen = state.list.children[state.at];
    if (chosen) {
      state.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else state.input.removeAttribute("aria-activedescendant");
  } else if (event.key === "Enter" && state.at >= 0 && !state.list.hidden) {
    event.preventDefault();
    take(state, state.at);
  } else if (event.key === "Escape" && !state.list.hidden) {
    event.preventDefault();
    close(state);
  }
}

function take(state, index) {
  const one = state.found[index];
  const { thing, input } = state.field.dataset;
  const group = state.field.querySelector(".choices");
  let box = [...group.querySelectorAll("input")].find((each) => each.value === one.value);
  if (!box) {
    if (input === "radio") group.replaceChildren();
    const label = Object.assign(document.createElement("label"), { className: "choice" });
    box = Object.assign(document.createElement("input"), { type: input, name: thing, value: one.value });
    const words = document.createElement("span");
    const about = Object.assign(document.createElement("span"), { className: "quiet", textContent: one.kind });
    words.append(one.label, " ", about);
    label.append(box, words);
    group.append(label);
  }
  box.checked = true;
  state.input.value = "";
  close(state);
  state.told.textContent = `Taken: ${one.label}`;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function open(state, wanted) {
  state.list.hidden = !wanted;
  state.input.setAttribute("aria-expanded", String(wanted));
}

function close(state) {
  clearTimeout(state.timer);
  state.asking?.abort();
  state.at = -1;
  state.input.removeAttribute("aria-activedescendant");
  open(state, false);
}

// Of what is asked of something new, only what its kind needs.
function narrowing(select) {
  const fields = select.closest("details").querySelectorAll("[data-for]");
  const narrow = () => fields.forEach((each) => (each.hidden = each.dataset.for !== select.value));
  select.addEventListener("change", narrow);
  narrow();
}
