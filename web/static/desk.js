/* Comforts of the desk for those who have scripts; every page works without. Nothing here asks any server. */
(() => {
  "use strict";
  const OFF = "resi-tombol-mati";
  const dialog = document.getElementById("tombol");
  const rows = () => [...document.querySelectorAll(".queue tbody th a")];
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

  // A list in which something is ticked does not renew itself: the ticks would be gone.
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id === "daftar" && event.target.querySelector("input[name=pilih]:checked")) event.preventDefault();
  });

  // What replaced the page is where one goes on: at the field that was wrong, else at its beginning.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "isi") return;
    (event.target.querySelector("[aria-invalid=true]") ?? event.target).focus();
  });

  for (const button of document.querySelectorAll("button.print")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("button.reveal")) {
    const fields = [...button.form.querySelectorAll("input[type=password]")];
    const seen = (on) => {
      button.setAttribute("aria-pressed", String(on));
      for (const field of fields) field.type = on ? "text" : "password";
    };
    button.hidden = false;
    button.addEventListener("click", () => seen(button.getAttribute("aria-pressed") !== "true"));
    button.form.addEventListener("submit", () => seen(false));  // else a browser keeps it as words that were typed
  }
  if (!dialog) return;

  let off = false;
  try { off = localStorage.getItem(OFF) === "1"; } catch { /* a browser that keeps nothing has its shortcuts on */ }
  const box = document.getElementById("tombol-mati");
  box.checked = off;
  box.addEventListener("change", () => {
    off = box.checked;
    try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* until the page is left */ }
  });
  for (const button of document.querySelectorAll("button.keys-open")) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
  }

  const step = (by) => {
    const links = rows();
    if (links.length === 0) return;
    const row = document.activeElement.closest(".queue tbody tr");
    const at = row ? links.findIndex((link) => row.contains(link)) : -1;
    const next = at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
    links[next].focus();
    links[next].closest("tr").scrollIntoView({ block: "nearest" });
  };
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    o: () => document.activeElement.closest(".queue tbody tr")?.querySelector("th a").click(),
    "/": () => {
      const field = document.getElementById("cari");
      if (field) { field.focus(); field.select(); } else location.href = dialog.dataset.queue;
    },
    "?": () => dialog.showModal(),
  };
  let before = "";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open || typing(event.target)) return;
    if (off) return;
    const goes = before === "g" && event.key === "q";
    before = event.key;
    if (goes) { location.href = dialog.dataset.queue; return; }
    if (Object.hasOwn(keys, event.key)) { event.preventDefault(); keys[event.key](); }
  });
})();
