// An image fitted into a stage, and zoomed and moved there: by wheel, pinch, drag and click. At its fit, a swipe is told.
const CLOSEST = 8; // times its own size
const CLICK = 6; // pixels that a pointer moves at the most for it to be a click
const SWIPE = 60;
const MARGIN = 24;

const within = (value, least, most) => Math.min(most, Math.max(least, value));

// `told` has functions: percent(number), swiped(1 or -1), dismissed().
export function zoomable(stage, image, told) {
  const held = new Map();
  let [width, height, fitted, scale, x, y] = [1, 1, 1, 1, 0, 0];
  let began = null;
  let way = 0;
  let pinched = false;

  function draw() {
    const right = Math.max(0, (width * fitted * scale - stage.clientWidth) / 2);
    const bottom = Math.max(0, (height * fitted * scale - stage.clientHeight) / 2);
    [x, y] = [within(x, -right, right), within(y, -bottom, bottom)];
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    stage.classList.toggle("closer", scale > 1);
    told.percent(Math.round(fitted * scale * 100));
  }

  function fit() {
    fitted = Math.max(0.01, Math.min(1, (stage.clientWidth - MARGIN) / width, (stage.clientHeight - MARGIN) / height));
    [scale, x, y] = [1, 0, 0];
    image.style.width = `${width * fitted}px`;
    image.style.height = `${height * fitted}px`;
    draw();
  }

  // Times `by`; the point of the window stays where it is.
  function zoom(by, left, top) {
    const box = stage.getBoundingClientRect();
    const [across, down] = left === undefined ? [0, 0] : [left - box.left - box.width / 2, top - box.top - box.height / 2];
    const next = within(scale * by, 1, CLOSEST / fitted);
    x = across - (across - x) * (next / scale);
    y = down - (down - y) * (next / scale);
    scale = next;
    draw();
  }

  const middle = ([one, other]) => [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2, Math.hypot(one[0] - other[0], one[1] - other[1])];

  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002)), event.clientX, event.clientY);
  }, { passive: false });

  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    stage.setPointerCapture(event.pointerId);
    if (!held.size) [began, way, pinched] = [event, 0, false];
    held.set(event.pointerId, [event.clientX, event.clientY]);
    stage.classList.add("held");
  });
  stage.addEventListener("pointermove", (event) => {
    const last = held.get(event.pointerId);
    if (!last) return;
    const before = held.size === 2 ? middle([...held.values()]) : null;
    held.set(event.pointerId, [event.clientX, event.clientY]);
    if (before) {
      const now = middle([...held.values()]);
      [x, y, pinched] = [x + now[0] - before[0], y + now[1] - before[1], true];
      zoom(now[2] / Math.max(1, before[2]), now[0], now[1]);
      return;
    }
    way += Math.abs(event.clientX - last[0]) + Math.abs(event.clientY - last[1]);
    if (scale === 1 || held.size > 1) return;
    [x, y] = [x + event.clientX - last[0], y + event.clientY - last[1]];
    draw();
  });
  stage.addEventListener("pointerup", (event) => {
    if (!held.delete(event.pointerId) || held.size) return;
    stage.classList.remove("held");
    if (pinched) return;
    const [across, down] = [event.clientX - began.clientX, event.clientY - began.clientY];
    if (way < CLICK) pressed(event, document.elementFromPoint(event.clientX, event.clientY) === image);
    else if (scale === 1 && Math.abs(across) > SWIPE && Math.abs(across) > 1.5 * Math.abs(down)) told.swiped(across < 0 ? 1 : -1);
    else if (scale === 1 && down > 2 * SWIPE) told.dismissed();
  });
  stage.addEventListener("pointercancel", (event) => { held.delete(event.pointerId); stage.classList.remove("held"); });

  function pressed(event, onImage) {
    if (scale > 1) fit();
    else if (onImage) zoom(fitted < 1 ? 1 / fitted : 2, event.clientX, event.clientY);
    else told.dismissed();
  }

  new ResizeObserver(fit).observe(stage);
  return { zoom, fit, show(wide, high) { [width, height] = [wide, high]; fit(); } };
}
