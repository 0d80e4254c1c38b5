// The line that says that sketch draws the images: dismissed, it stays away until the browser is closed.
import { at } from "./api.js";

const notice = document.getElementById("sketch-notice");
document.getElementById("dismiss-notice").addEventListener("click", () => {
  document.cookie = `easel_sketch_notice=${notice.dataset.user}; path=${at("/studio")}; SameSite=Lax`;
  notice.remove();
});
