// What is offered while somebody types in a search field: a combobox with a list (ARIA Authoring Practices, “Combobox”).
// Without this script the fields are plain forms. Enter with nothing chosen searches, as without it.
const PAUSE = 120;
const SITE = new URL("..", import.meta.url).pathname; // it may stand below a path of its host
let made = 0;

for (const input of document.querySelectorAll("form[role=search] input[name=q]")) offer(input);

function offer(input) {
  const list = listFor(input);
  const state = { input, list, options: [], at: -1, asking: null, timer: 0 };
  input.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(state), PAUSE);
  });
  input.addEventListener("keydown", (event) => press(event, state));
  input.addEventListener("blur", () => close(state));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]")));
}

function listFor(input) {
  const around = input.closest(".find") ?? wrapped(input);
  const list = document.createElement("ul");
  list.id = `offers-${++made}`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Entries with such a name");
  list.hidden = true;
  const told = document.createElement("span");
  told.className = "vh";
  told.setAttribute("role", "status");
  around.append(list, told);
  const set = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" };
  for (const [name, value] of Object.entries(set)) input.setAttribute(name, value);
  return list;
}

function wrapped(input) {
  const around = document.createElement("div");
  around.className = "offered";
  input.before(around);
  around.append(input);
  return around;
}

async function ask(state) {
  const words = state.input.value.trim();
  state.asking?.abort();
  if (words.length < 2) return close(state);
  state.asking = new AbortController();
  try {
    const answer = await fetch(`${SITE}search/suggestions?q=${encodeURIComponent(words)}`, { signal: state.asking.signal });
    const found = answer.ok ? await answer.json() : [];
    if (document.activeElement === state.input) show(state, found);
  } catch (error) {
    if (error.name !== "AbortError") close(state); // the plain form is still there
  }
}

function show(state, found) {
  state.at = -1;
  state.options = found.map((item, index) => option(state.list.id, item, index));
  state.list.replaceChildren(...state.options);
  state.input.removeAttribute("aria-activedescendant");
  open(state, found.length > 0);
  const told = found.length === 1 ? "1 name to choose from" : `${found.length || "No"} names to choose from`;
  state.list.nextElementSibling.textContent = `${told}. Enter searches for what you typed.`;
}

function option(id, item, index) {
  const made = document.createElement("li");
  made.id = `${id}-${index}`;
  made.dataset.href = item.href;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  const name = document.createElement("span");
  name.textContent = item.label;
  const kind = document.createElement("span");
  kind.className = "of";
  kind.textContent = item.kind;
  made.append(name, document.createTextNode(" "), kind);
  return made;
}

function press(event, state) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && state.options.length) {
    event.preventDefault();
    still(state); // what one is choosing from must not change under one's hands
    if (state.list.hidden) open(state, true);
    choose(state, step);
  } else if (event.key === "Enter" && state.at >= 0 && !state.list.hidden) {
    event.preventDefault();
    go(state.options[state.at]);
  } else if (event.key === "Escape" && !state.list.hidden) {
    event.preventDefault(); // the first Escape closes the list, the next empties the field
    close(state);
  }
}

function choose(state, step) {
  const places = state.options.length + 1; // one place is the field itself, with nothing chosen
  state.at = ((state.at + 1 + step + places) % places) - 1;
  state.options.forEach((each, index) => each.setAttribute("aria-selected", String(index === state.at)));
  const chosen = state.options[state.at];
  if (chosen) {
    state.input.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  } else state.input.removeAttribute("aria-activedescendant");
}

function open(state, wanted) {
  state.list.hidden = !wanted;
  state.input.setAttribute("aria-expanded", String(wanted));
}

function still(state) {
  clearTimeout(state.timer);
  state.asking?.abort();
}

function close(state) {
  still(state);
  state.at = -1;
  state.input.removeAttribute("aria-activedescendant");
  open(state, false);
}

function go(chosen) {
  if (chosen) location.assign(chosen.dataset.href);
}
