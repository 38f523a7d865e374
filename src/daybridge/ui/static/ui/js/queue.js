// Unsent changes while the network is away, and the idempotency key of each change.
//
// Every form that posts carries a key made here just before it is first sent. A change that
// could not be sent stays in this tab's memory, is retried with the same key, and is never
// written to disk. Editing the form makes it another change with another key.
(() => {
  "use strict";
  const waiting = [];
  let timer = 0;
  let delay = 2000;
  let sending = false;
  let waitingFor = "Network";
  const keys = new WeakMap(); // element -> key of the change it is sending

  window.daybridge = window.daybridge || {};
  window.daybridge.csrf = () => document.querySelector('meta[name="csrf-token"]')?.content || "";
  window.daybridge.unsent = () => waiting.length;
  window.daybridge.flush = flush;

  function uuid() {
    if (crypto.randomUUID) return crypto.randomUUID();
    const b = crypto.getRandomValues(new Uint8Array(16)); // plain http in a test network
    b[6] = (b[6] & 15) | 64;
    b[8] = (b[8] & 63) | 128;
    const h = [...b].map((x) => x.toString(16).padStart(2, "0")).join("");
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`;
  }

  function keyOf(element) {
    const owner = element.closest("form") || element;
    if (!keys.has(owner)) keys.set(owner, uuid());
    const field = owner.querySelector?.('input[name="_key"]');
    if (field) field.value = keys.get(owner);
    return keys.get(owner);
  }

  const isAway = (status) => status >= 502 && status <= 504; // a full disk, a database that restarts

  function settled(element) {
    keys.delete(element.closest("form") || element);
  }

  const edited = (event) => event.target.closest && settled(event.target);
  document.addEventListener("input", edited);
  document.addEventListener("change", edited);

  // --- htmx -------------------------------------------------------------------------------
  document.addEventListener("htmx:configRequest", (event) => {
    const { verb, headers, parameters, elt } = event.detail;
    if (verb === "get") return;
    headers["X-CSRFToken"] = window.daybridge.csrf();
    parameters._key = keyOf(elt);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (requestConfig.verb !== "get" && xhr.status > 0 && xhr.status < 500) settled(requestConfig.elt);
  });
  document.addEventListener("htmx:sendError", (event) => keepSent(event.detail, "Network"));
  document.addEventListener("htmx:responseError", (event) => {
    if (isAway(event.detail.xhr.status)) keepSent(event.detail, "Database");
  });

  function keepSent({ requestConfig: sent, target }, what) {
    if (sent.verb === "get") return;
    waitingFor = what;
    const spec = sent.elt.closest("[hx-swap]")?.getAttribute("hx-swap") || "innerHTML";
    const body = new URLSearchParams();
    for (const [name, value] of sent.formData.entries()) body.append(name, value);
    keep({
      key: body.get("_key"), url: sent.path, method: sent.verb.toUpperCase(), body, element: sent.elt,
      headers: { "HX-Request": "true", ...(target?.id ? { "HX-Target": target.id } : {}) },
      async finish(response) {
        const redirect = response.headers.get("HX-Redirect");
        if (redirect) return location.assign(redirect);
        if (response.status === 204 || !target?.isConnected) return undefined;
        return window.htmx.swap(target, await response.text(), { swapStyle: spec.split(" ")[0] });
      },
    });
  }

  // --- forms without htmx: <form data-queue> --------------------------------------------------
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.querySelector('input[name="_key"]')) keyOf(form);
    if (!form.matches("[data-queue]")) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const change = {
      key: body.get("_key"), url: form.action, method: "POST", body, element: form,
      headers: {}, finish: (response) => show(response, change),
    };
    form.setAttribute("aria-busy", "true");
    send(change).then(
      () => form.removeAttribute("aria-busy"),
      () => { form.removeAttribute("aria-busy"); keep(change); },
    );
  });

  async function show(response, change) {
    if (waiting.some((other) => other !== change)) return undefined; // the last one leads on: none is left behind
    if (response.redirected) return location.assign(response.url);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("main");
    if (!fresh) return location.reload();
    document.querySelector("main").replaceWith(document.importNode(fresh, true));
    window.htmx?.process(document.querySelector("main"));
    document.dispatchEvent(new CustomEvent("daybridge:shown"));
    return undefined;
  }

  // --- sending --------------------------------------------------------------------------------
  async function send(change) {
    waitingFor = "Network";
    const response = await fetch(change.url, {
      method: change.method, body: change.body, credentials: "same-origin", cache: "no-store",
      headers: { "X-CSRFToken": window.daybridge.csrf(), ...change.headers },
    });
    if (isAway(response.status)) {
      waitingFor = "Database";
      throw new Error("no answer yet");
    }
    if (response.status === 401 || response.status === 423) {
      document.dispatchEvent(new CustomEvent("daybridge:lock"));
      throw new Error("locked");
    }
    settled(change.element);
    await change.finish(response);
  }

  function keep(change) {
    if (!waiting.some((other) => other.key === change.key)) waiting.push(change);
    report();
    plan();
  }

  function plan() {
    clearTimeout(timer);
    timer = setTimeout(flush, delay);
    delay = Math.min(delay * 1.5, 15000);
  }

  async function flush() {
    if (sending || !waiting.length) return;
    sending = true;
    try {
      while (waiting.length) { // in the order they were made
        await send(waiting[0]);
        waiting.shift();
        report();
      }
      delay = 2000;
    } catch {
      report();
      plan();
    } finally {
      sending = false;
    }
  }

  function report() {
    let bar = document.querySelector("[data-unsent]");
    if (!bar) {
      bar = document.createElement("div");
      bar.className = "db-waiting";
      bar.dataset.unsent = "";
      bar.setAttribute("role", "status");
      const main = document.querySelector("main");
      main.parentNode.insertBefore(bar, main);
    }
    const n = waiting.length;
    bar.classList.toggle("is-done", n === 0);
    const words = document.querySelector("[data-notices]").dataset;
    if (n === 0) bar.textContent = words.allSaved;
    else bar.textContent = words[`${n === 1 ? "one" : "many"}${waitingFor}`].replace("#", n);
    if (n === 0) setTimeout(() => { if (!waiting.length) bar.remove(); }, 5000);
  }

  window.addEventListener("online", () => { delay = 500; plan(); });
  document.addEventListener("daybridge:unlocked", flush);
  window.addEventListener("beforeunload", (event) => { if (waiting.length) event.preventDefault(); });
})();
