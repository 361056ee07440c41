// What the proposed words would change, asked of the server as one types: there is one tokenizer, and it is there.
const form = document.querySelector("form[data-redline]");
const words = form?.elements.proposed;
const region = document.getElementById("redline");
const PAUSE = 400;

if (words && region) {
  const base = words.dataset.base;
  let waiting, asked;

  async function show() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.redline, { method: "POST", body: new FormData(form), signal: asked.signal });
      if (answer.ok && !answer.redirected) region.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") region.textContent = "";
    }
  }

  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });

  // Inserting starts from nothing and changing from the clause, as long as nobody has typed.
  for (const choice of form.elements.amendment) {
    choice.addEventListener("change", () => {
      if (choice.value === "insert_after" && words.value === base) words.value = "";
      else if (choice.value !== "insert_after" && words.value === "") words.value = base;
      show();
    });
  }
}
