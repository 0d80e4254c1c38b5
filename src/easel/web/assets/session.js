// What the page before this one had to say is said here. Signing out: what this tab kept of the user, such as a draft,
// is removed.
import { say } from "./api.js";

const words = sessionStorage.getItem("say");
sessionStorage.removeItem("say");
if (words) say(words);
document.addEventListener("submit", (event) => {
  if (event.target.action?.endsWith("/signout")) sessionStorage.clear();
});
