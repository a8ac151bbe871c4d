"use strict";
/* An import that goes on: its part of the page is taken anew every second and a half, and the rows when it ends. */
(() => {
  const found = document.querySelector("[data-import][data-running]");
  if (!found) return;
  const look = async () => {
    let page;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (!answer.ok) throw new Error(answer.status);
      page = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      setTimeout(look, 5000);
      return;
    }
    for (const part of ["[data-import]", "#rows"]) {
      const now = document.querySelector(part), next = page.querySelector(part);
      const held = now?.contains(document.activeElement) && part !== "[data-import]";
      if (now && next && !held) {
        const focused = now.contains(document.activeElement);
        now.replaceWith(document.adoptNode(next));
        if (focused) document.querySelector(`${part} :is(a, button)`)?.focus();
      }
    }
    if (document.querySelector("[data-import][data-running]")) setTimeout(look, 1500);
  };
  setTimeout(look, 800);
})();
