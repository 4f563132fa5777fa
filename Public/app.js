// Linli niceties. Every page works without this file; nothing here is needed to finish a task.
// Words come from the page (data-…), because the page knows the reader's language.
(() => {
  const root = document.documentElement, $ = (s, r = document) => r.querySelector(s), $$ = (s, r = document) => [...r.querySelectorAll(s)];

  // Buttons that only script can serve stay hidden until script is here.
  $$("[data-print],[data-locate]").forEach(b => { b.hidden = false; });

  document.addEventListener("click", e => {
    const t = e.target.closest("[data-print],[data-locate]");
    if (!t) return;
    if (t.matches("[data-print]")) print();
    // <button data-locate="#place" data-found="… {metres} …" data-lost="…">: the position goes into the field named.
    if (t.matches("[data-locate]") && navigator.geolocation) navigator.geolocation.getCurrentPosition(
      p => {
        const field = t.dataset.locate && $(t.dataset.locate);
        if (field) field.value = `${p.coords.latitude.toFixed(6)},${p.coords.longitude.toFixed(6)}`;
        t.lastChild.data = t.dataset.found.replace("{metres}", Math.round(p.coords.accuracy));
      },
      () => { t.lastChild.data = t.dataset.lost; });
  });

  // A second press while the first is on its way would only send the same thing again.
  document.addEventListener("submit", e => {
    const form = e.target;
    if (form.method !== "post" || e.defaultPrevented) return;
    if (form.dataset.sent) e.preventDefault(); else form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => $$("form[data-sent]").forEach(f => { delete f.dataset.sent; }));

  // An error summary takes the focus, so that it is read first.
  $("[role=alert][tabindex]")?.focus();

  // J and K walk the queue, / goes to the search. Off while typing; data-keys="off" switches single keys off (WCAG 2.1.4).
  document.addEventListener("keydown", e => {
    if (root.dataset.keys === "off" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input,textarea,select")) return;
    const jobs = $$("[data-queue] a"), at = jobs.indexOf(document.activeElement), now = jobs.findIndex(a => a.hasAttribute("aria-current"));
    const step = { j: 1, k: -1 }[e.key.toLowerCase()];
    if (step && jobs.length) jobs[Math.max(0, Math.min(jobs.length - 1, (at < 0 ? now : at) + step))].focus();
    else if (e.key === "/" && $("#q")) { e.preventDefault(); $("#q").focus(); }
  });
})();
