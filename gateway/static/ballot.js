// Adds up a ballot while it is ticked. The sealed result is counted by the office, not here.
const ballot = document.querySelector("#ballot");
const sum = document.querySelector("#sum");
const rows = [...ballot.querySelectorAll("fieldset[data-max]")];

function add() {
  const ticked = rows.map((row) => row.querySelector("input:checked")).filter(Boolean);
  const points = ticked.reduce((total, tick) => total + Number(tick.dataset.points), 0);
  sum.textContent = sum.dataset.text.replace("{rows}", ticked.length).replace("{all}", rows.length).replace("{points}", points);
}

ballot.addEventListener("change", add);
addEventListener("beforeunload", (event) => { if (ballot.dataset.dirty && !ballot.dataset.sent) event.preventDefault(); });
ballot.addEventListener("change", () => { ballot.dataset.dirty = "yes"; });
ballot.addEventListener("submit", () => { ballot.dataset.sent = "yes"; });
add();
