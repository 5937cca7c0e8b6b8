// Shows how far an upload is. Without this file the form works all the same.
const form = document.querySelector("#upload");
const files = form.querySelector("input[type=file]");
const chosen = document.querySelector("#chosen");
const progress = document.querySelector("#progress");
const bar = progress.querySelector("progress");
const said = document.querySelector("#said");
const trouble = document.querySelector("#trouble");
const button = form.querySelector("button[type=submit]");
let key = crypto.randomUUID ? crypto.randomUUID() : null;

files.addEventListener("change", () => {
  key = crypto.randomUUID ? crypto.randomUUID() : null;
  chosen.replaceChildren(...[...files.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} (${(file.size / 1048576).toFixed(1)} MB)`;
    return line;
  }));
});

function complain(text) {
  progress.hidden = true;
  button.disabled = false;
  trouble.textContent = text;
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "center" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = new FormData(form);
  body.delete("csrf");
  for (const name of ["product", "commune", "province"]) if (!body.get(name)) body.delete(name);
  const request = new XMLHttpRequest();
  request.open("POST", "/api/v1/dossiers");
  request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
  request.setRequestHeader("Accept", "application/json");
  if (key) request.setRequestHeader("Idempotency-Key", key);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = (100 * loaded) / total;
    said.textContent = form.dataset.sending.replace("{percent}", Math.floor(bar.value));
  });
  request.upload.addEventListener("load", () => { said.textContent = form.dataset.storing; });
  request.addEventListener("load", () => {
    let answer = {};
    try { answer = JSON.parse(request.responseText); } catch { /* not ours: told below */ }
    if (request.status === 202 || request.status === 200) location.assign(`/dossiers/${answer.dossier_id}`);
    else complain(answer.detail || form.dataset.broken);
  });
  request.addEventListener("error", () => complain(form.dataset.broken));
  trouble.hidden = true;
  progress.hidden = false;
  button.disabled = true;
  request.send(body);
});
