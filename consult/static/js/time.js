// Deadlines in the reader's own zone, where the server did not know it: the UTC that it wrote stays beside.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone && zone !== "UTC" && document.documentElement.dataset.zone !== "known") {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  for (const time of document.querySelectorAll("time[datetime$='Z'][data-local]")) {
    const words = document.createElement("span");
    words.textContent = ` (${form.format(new Date(time.dateTime))}, ${zone})`;
    time.after(words);
  }
}
