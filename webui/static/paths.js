// Fields that search as somebody types (the pattern “combobox with a list”). Without this a field is a plain one, and
// what a name may mean is offered after sending.

const PAUSE = 120; // milliseconds after the last letter
const SHORTEST = 2; // letters

class Combo {
  constructor(input) {
    this.input = input;
    this.at = -1;
    this.asked = 0;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-list`;
    this.list.className = "combolist";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-labelledby", `${input.id}-label`);
    this.told = document.createElement("p");
    this.told.className = "vh";
    this.told.setAttribute("role", "status");
    input.after(this.list, this.told);
    const about = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(about).forEach(([name, value]) => input.setAttribute(name, value));
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", ({ target }) => this.pick(target.closest("[role=option]")));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.input.value.trim();
    const mine = (this.asked += 1);
    if (words.length < SHORTEST) return this.close();
    try {
      const answer = await fetch(`${this.input.dataset.offers}?q=${encodeURIComponent(words)}`);
      const found = answer.ok ? await answer.json() : [];
      if (mine === this.asked && document.activeElement === this.input) this.show(found);
    } catch {
      this.close(); // the form still works
    }
    return undefined;
  }

  show(found) {
    this.at = -1;
    this.list.replaceChildren(...found.map((item, index) => this.option(item, index)));
    this.open(found.length > 0);
    this.told.textContent = found.length ? `${found.length} to choose from, with the arrow keys.` : "Nothing fits so far.";
  }

  option({ value, label, kind }, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.value = value;
    const what = document.createElement("span");
    what.className = "quiet";
    what.textContent = kind;
    item.append(label, " ", what);
    return item;
  }

  key(event) {
    const options = [...this.list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !this.list.hidden) {
      clearTimeout(this.timer); // what one is choosing from must not change under one's hands
      this.asked += 1;
      this.choose(options, (this.at + step + options.length + (this.at < 0 && step < 0 ? 1 : 0)) % options.length);
    } else if (step > 0) {
      this.ask();
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      this.pick(options[this.at]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  choose(options, at) {
    this.at = at;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    this.input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }

  pick(option) {
    if (!option) return;
    this.input.value = option.dataset.value;
    this.close();
    this.told.textContent = `${option.dataset.value} is chosen.`;
  }

  open(is) {
    this.list.hidden = !is;
    this.input.setAttribute("aria-expanded", String(is));
    if (!is || this.at < 0) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.open(false);
  }
}

document.querySelectorAll("input[data-offers]").forEach((input) => new Combo(input));
