// The plan editor by keyboard: parts are added, moved (Alt and an arrow) and taken out without a
// round trip, Alt N goes on with the next need; a library text fills what is still empty. Nothing is saved before Save; without this
// script the same buttons save and leave room for more.
(() => {
  "use strict";
  const form = document.querySelector("[data-plan-editor]");
  if (!form) return;
  const blank = document.querySelector("template[data-blank]").content.querySelector("[data-part=problem]");
  const said = form.querySelector("[data-plan-said]");
  const HOLDS = { problem: "step", step: "help" };
  const LETTER = { problem: "p", step: "s", help: "i" };

  const parts = (list) => [...list.children].filter((one) => one.dataset.part);
  const listOf = (part, kind) => (kind === "problem" ? form : part).querySelector(`[data-list=${kind}]`);
  const field = (part, name) => part.querySelector(`[name$="-${name}"]`);
  const typed = (part) => [...part.querySelectorAll("input:not([hidden]), textarea")].some((one) => one.value.trim());
  const changed = () => form.dispatchEvent(new Event("input", { bubbles: true })); // a draft is due

  function name(part, prefix) { // field names and labels follow the places on the page
    const own = new RegExp(`^p\\d+(-s\\d+)?(-i\\d+)?(?=-[a-z]+$)`);
    for (const one of part.querySelectorAll("[name], [id], [for], button[name=more]")) {
      if (one.closest("[data-part]") !== part) continue;
      if (one.name === "more") one.value = prefix;
      else if (one.name) one.name = one.name.replace(own, prefix);
      if (one.id) one.id = one.id.replace(own, prefix);
      if (one.htmlFor) one.htmlFor = one.htmlFor.replace(own, prefix);
    }
  }

  function renumber(list = listOf(null, "problem"), before = "") {
    parts(list).forEach((part, place) => {
      const kind = part.dataset.part;
      const prefix = `${before}${LETTER[kind]}${place}`;
      name(part, prefix);
      part.querySelectorAll("[data-number]").forEach((one) => {
        if (one.closest("[data-part]") === part) one.textContent = `${one.dataset.number} ${place + 1}`;
      });
      if (HOLDS[kind]) renumber(listOf(part, HOLDS[kind]), `${prefix}-`);
    });
    const shown = parts(list).filter((one) => !one.hidden);
    shown.forEach((part) => part.querySelectorAll("[data-tools]").forEach((one) => {
      if (one.closest("[data-part]") === part) one.hidden = shown.length < 2;
    }));
  }

  function fresh(kind) { // an empty part, drawn by the server
    const one = (kind === "problem" ? blank : blank.querySelector(`[data-part=${kind}]`)).cloneNode(true);
    prepare(one);
    return one;
  }

  function add(kind, list) {
    const unused = parts(list).find((one) => one.hidden || !typed(one));
    const one = unused || fresh(kind);
    one.hidden = false;
    if (!unused) list.append(one);
    renumber();
    return one;
  }

  function move(part, by) {
    const all = parts(part.parentElement).filter((one) => !one.hidden);
    const other = all[all.indexOf(part) + by];
    if (!other) return;
    if (by < 0) other.before(part); else other.after(part);
    renumber();
    changed();
  }

  function values(part) {
    return [...part.querySelectorAll("input, textarea, select")].map((one) => [one, one.value]);
  }

  function takeOut(part) { // emptied and set aside, so that the draft knows; nothing typed is lost
    const kept = values(part);
    const next = part.nextElementSibling;
    const list = part.parentElement;
    kept.forEach(([one]) => { one.value = ""; });
    part.hidden = true;
    list.append(part);
    renumber();
    changed();
    const undo = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm ms-2", textContent: said.dataset.undo });
    undo.addEventListener("click", () => {
      kept.forEach(([one, value]) => { one.value = value; });
      part.hidden = false;
      list.insertBefore(part, next);
      renumber();
      changed();
      said.textContent = "";
      part.querySelector("input, textarea").focus();
    });
    said.replaceChildren(said.dataset.out, undo);
    undo.focus();
  }

  function because(part) { // why by no practice: asked when none is chosen
    part.querySelectorAll("[data-none]").forEach((row) => {
      const help = row.closest("[data-part=help]");
      row.hidden = field(help, "practice").value !== "none" && !field(help, "none").value;
    });
  }

  function nearest(problem) { // the library's texts of the need's domain come first
    const domain = field(problem, "need").selectedOptions[0]?.dataset.domain;
    problem.querySelectorAll("[data-library]").forEach((choice) => {
      const group = [...choice.querySelectorAll("optgroup")].find((one) => one.label === domain);
      if (group) choice.insertBefore(group, choice.querySelector("optgroup"));
    });
  }

  function fill(choice) { // what is empty, or still as another library text left it
    const step = choice.closest("[data-part=step]");
    const help = step.querySelector("[data-part=help]");
    const one = choice.selectedOptions[0].dataset;
    if (!choice.value) return;
    const fits = [[step, "words", one.words], [step, "measure", one.measure], [step, "target", form.dataset.until],
      [help, "what", one.what], [help, "often", one.often], [help, "practice", one.practice],
      [help, "none", one.because], [help, "who", form.dataset.who]];
    for (const [part, what, value] of fits) {
      const place = field(part, what);
      if (place.value && place.value !== place.dataset.filled) continue;
      place.value = value;
      place.dataset.filled = value;
    }
    because(step);
  }

  function prepare(part) {
    because(part);
    const problems = part.matches("[data-part=problem]") ? [part] : part.querySelectorAll("[data-part=problem]");
    problems.forEach(nearest);
  }

  function begin(button) { // a problem that answers this need
    const one = add("problem", listOf(null, "problem"));
    field(one, "need").value = button.value;
    field(one, "words").value = button.dataset.words;
    nearest(one);
    changed();
    button.disabled = true;
    return field(one, "goal");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const part = button?.closest("[data-part]");
    if (!button || button.closest("[data-plan-said]")) return;
    if (button.dataset.begin !== undefined) {
      event.preventDefault();
      begin(button).focus();
    } else if (button.dataset.add) {
      event.preventDefault();
      const kind = button.dataset.add;
      const one = add(kind, listOf(part, kind));
      if (kind !== "problem") nearest(one.closest("[data-part=problem]"));
      one.querySelector("input").focus();
    } else if (button.dataset.move) {
      move(part, Number(button.dataset.move));
      button.focus();
    } else if (button.dataset.remove) takeOut(part);
  });

  form.addEventListener("change", (event) => {
    const place = event.target;
    if (place.matches("[data-library]") && event.isTrusted) fill(place);
    if (place.matches("[data-need]")) nearest(place.closest("[data-part]"));
    because(form);
  });

  document.addEventListener("keydown", (event) => {
    const next = document.querySelector("[data-begin]:not(:disabled)");
    if (!event.altKey || event.code !== "KeyN" || !next) return;
    event.preventDefault();
    begin(next).focus();
  });

  form.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const part = event.target.closest("[data-part]");
    if (!by || !event.altKey || !part) return;
    event.preventDefault();
    move(part, by);
    event.target.focus();
  });

  renumber();
  prepare(form);
})();
