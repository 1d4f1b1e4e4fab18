// The form on one page: each page is sent in the background and the next one takes its place, as without this script.
const main = document.getElementById("isi");
const past = [];
let at = 0;
let byItself = false;

const shown = () => ({ nodes: [...main.childNodes], title: document.title });

const show = ({ nodes, title }) => {
  main.replaceChildren(...nodes);
  document.title = title;
  window.scrollTo(0, 0);
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
};

const next = async (form, button) => {
  const data = new FormData(form, button);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  const answer = await fetch(form.action, { method: "POST", body, credentials: "omit", redirect: "error" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const nodes = [...page.getElementById("isi").childNodes];
  past[at] = shown();
  at += 1;
  past.length = at;
  history.pushState({ at }, "");
  document.querySelectorAll("header [hreflang]").forEach((each) => each.remove());
  show({ nodes, title: page.title });
};

history.replaceState({ at }, "");
addEventListener("popstate", ({ state }) => {
  if (!state || !past[state.at]) return;
  past[at] = shown();
  at = state.at;
  show(past[at]);
});
addEventListener("submit", (event) => {
  const form = event.target;
  if (byItself || !form.matches("form.fields")) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  next(form, event.submitter)
    .catch(() => {
      byItself = true; // the browser sends it, and says itself what is wrong
      form.requestSubmit(event.submitter);
    })
    .finally(() => form.removeAttribute("aria-busy"));
});
