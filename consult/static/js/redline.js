// What the proposed words would change, asked of the server as one types: there is one tokenizer, and it is there.
const form = document.querySelector("form[data-redline]");
const words = form?.elements.proposed;
const region = document.getElementById("redline");
const PAUSE = 400;

if (words && region) {
  const base = words.dataset.base;
  const choices = form.querySelectorAll("input[name=amendment]");
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
    if (words.value !== base && choices[0].checked) choices[1].checked = true;
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });

  // No change shows the clause's words, inserting starts from nothing; what somebody typed is put aside, never lost.
  let aside = "";
  const start = (choice) => (choice === "insert_after" ? "" : base);
  for (const choice of choices) {
    choice.addEventListener("change", () => {
      const isTyped = words.value !== base && words.value !== "";
      if (choice.value === "" && isTyped) [aside, words.value] = [words.value, base];
      else if (choice.value !== "" && !isTyped) words.value = aside || start(choice.value);
      show();
    });
  }
}
