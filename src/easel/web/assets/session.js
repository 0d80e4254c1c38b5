// Signing out: what this tab kept of the user, such as a draft, is removed.
document.addEventListener("submit", (event) => {
  if (event.target.action?.endsWith("/signout")) sessionStorage.clear();
});
