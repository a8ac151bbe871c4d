"use strict";
/* What is wrong in a form is read out first. */
document.querySelector("[data-first-focus]")?.focus();
