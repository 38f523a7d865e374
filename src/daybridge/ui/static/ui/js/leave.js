// "Leave fast": the page is covered at once and replaced by a neutral one. A press on the
// button, or Shift three times within two seconds. Without JavaScript it is a plain link.
(() => {
  "use strict";
  let presses = [];

  function leave() {
    document.documentElement.classList.add("is-leaving");
    const way = document.querySelector("[data-leave-fast]");
    document.title = way.dataset.neutralTitle;
    location.replace(way.href);
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-leave-fast]")) return;
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = []; // a capital letter, not a sign
    else if (!event.repeat) presses = [...presses, event.timeStamp].slice(-3);
    const third = presses.length === 3 && presses[2] - presses[0] < 2000;
    if (third && document.querySelector("[data-leave-fast]")) leave();
  });
})();
