// Looks again every two seconds while a dossier moves; the page itself shows the rest after a reload.
const reading = document.querySelector("#reading");
const { dossier, status } = reading.dataset;
const bar = reading.querySelector("progress");

async function json(address) {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  return answer.ok ? answer.json() : null;
}

async function look() {
  try {
    const now = await json(`/api/v1/dossiers/${dossier}`);
    if (now && now.status !== status) return location.reload();
    if (now && now.progress.done !== bar.value) {
      bar.max = Math.max(now.progress.total, 1);
      bar.value = now.progress.done;
      document.querySelector("#done").textContent = now.progress.done;
      document.querySelector("#total").textContent = now.progress.total;
      await colour();
    }
  } catch { /* the server is away for a moment: look again */ }
  setTimeout(look, 2000);
}

async function colour() {
  const squares = [...reading.querySelectorAll(".squares a")];
  for (const page of (await json(`/api/v1/dossiers/${dossier}/pages`)) ?? []) {
    const square = squares[page.number - 1];
    if (square) square.className = page.source;
    if (square && page.reason) square.title = page.reason;
  }
}

setTimeout(look, 2000);
