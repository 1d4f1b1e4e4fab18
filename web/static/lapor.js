// The form on one page: each page is sent in the background and the next one takes its place, as without this script.
const main = document.getElementById("isi");
const past = [];
let at = 0;
let byItself = false;

// Nobody waits for the upload of what will not be taken.
const tooLarge = (form) => {
  const field = form.querySelector("[data-megabytes]");
  if (!field) return false;
  const bytes = [...field.files].reduce((sum, each) => sum + each.size, 0);
  const large = bytes > (field.dataset.megabytes - 0.5) * 2 ** 20;
  form.querySelector("[data-large]").hidden = !large;
  return large;
};

const shown = () => ({ nodes: [...main.childNodes], title: document.title });

// Where somebody is, is asked for when they press that button, and never before.
const hereable = isSecureContext && "geolocation" in navigator;
const reveal = () => {
  if (hereable) main.querySelectorAll("[data-here], [data-here-hint]").forEach((each) => (each.hidden = false));
};
const here = (button) => {
  const failed = main.querySelector("[data-here-failed]");
  failed.hidden = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const at = document.getElementById(button.dataset.here);
      at.value = `${coords.latitude.toFixed(5)},${coords.longitude.toFixed(5)}`;
      button.form.requestSubmit(button);
    },
    () => (failed.hidden = false),
    { enableHighAccuracy: true, timeout: 20000 },
  );
};

const show = ({ nodes, title }) => {
  main.replaceChildren(...nodes);
  reveal();
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

reveal();
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
  const asks = event.submitter?.dataset.here;
  if (asks && !document.getElementById(asks).value) return here(event.submitter);
  if (tooLarge(form) || form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  next(form, event.submitter)
    .catch(() => {
      byItself = true; // the browser sends it, and says itself what is wrong
      form.requestSubmit(event.submitter);
    })
    .finally(() => form.removeAttribute("aria-busy"));
});
