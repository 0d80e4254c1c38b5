// Times in the reader's own time zone; in UTC as a tooltip.
const own = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
for (const element of document.querySelectorAll("time[data-local]")) {
  element.title = element.textContent;
  element.textContent = own.format(new Date(element.dateTime));
}
