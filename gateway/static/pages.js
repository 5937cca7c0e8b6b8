// Links each value with its place on the paper; arrow keys turn pages. Reading works without it.
const paper = document.querySelector("#paper");

function light(key, on) {
  for (const mark of [...paper.querySelectorAll(`[data-found="${key}"]`), document.getElementById(key)]) mark?.classList.toggle("lit", on);
}

for (const item of document.querySelectorAll(".found li")) {
  for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focus", true], ["blur", false]]) item.addEventListener(event, () => light(item.id, on));
}
for (const mark of paper.querySelectorAll("[data-found]")) {
  mark.addEventListener("mouseenter", () => light(mark.dataset.found, true));
  mark.addEventListener("mouseleave", () => light(mark.dataset.found, false));
  mark.addEventListener("click", () => document.getElementById(mark.dataset.found)?.scrollIntoView({ block: "center" }));
}

const words = document.querySelector("#words-switch");
if (words) {
  words.hidden = false;
  words.querySelector("input").addEventListener("change", ({ target }) => paper.classList.toggle("show-words", target.checked));
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, pre")) return;
  const turn = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (turn) document.querySelector(`a[rel=${turn}]`)?.click();
});
