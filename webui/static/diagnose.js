"use strict";
/* What only makes the diagnosis smoother: the whole of it works without. */
(() => {
  document.querySelector("[data-first-focus]")?.focus();

  const print = document.querySelector("[data-print]");
  if (print) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  const button = document.querySelector("[data-copy]");
  if (button) {
    const field = document.getElementById(button.dataset.copy);
    const told = document.querySelector("[data-copied]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(field.value);
        told.textContent = "Copied.";
      } catch {
        field.focus();
        field.select();
        told.textContent = "It is selected: copy it with Ctrl+C or Cmd+C.";
      }
    });
  }
})();
