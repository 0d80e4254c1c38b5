// A mask while it is drawn: steps on a canvas, which can be undone. The image may change where something is drawn; in
// the mask's file, as in OpenAI's masks, that is transparent.
const LONGEST = 1600; // pixels of the canvas; the file is as large as the image
const VEIL = 640;

const colour = () => getComputedStyle(document.documentElement).getPropertyValue("--accent");

function sized(width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  return canvas;
}

// The holes of a mask in colour, on a canvas of its own; nothing if the mask is of another server.
function holesOf(mask, longest) {
  const canvas = sized(mask.naturalWidth, mask.naturalHeight, longest);
  const pen = canvas.getContext("2d");
  pen.fillStyle = colour();
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.globalCompositeOperation = "destination-out";
  pen.drawImage(mask, 0, 0, canvas.width, canvas.height);
  try {
    pen.getImageData(0, 0, 1, 1);
  } catch {
    return null; // the store is another origin: its pixels can be shown, but not read
  }
  return canvas;
}

async function loaded(source) {
  const image = new Image();
  image.src = source;
  await image.decode();
  return image;
}

// An image of what a mask lets change, to be laid over its image; nothing if it cannot be read.
export async function veil(source) {
  const mask = await loaded(source).catch(() => null);
  const holes = mask && holesOf(mask, VEIL);
  const blob = holes && await new Promise((done) => { holes.toBlob(done); });
  return blob ? URL.createObjectURL(blob) : "";
}

export class Drawing {
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext("2d");
    this.done = [];
    this.undone = [];
    this.base = null;
  }

  // Begin anew, for an image of this size; with the holes of a mask, if there is one.
  async begin(width, height, mask) {
    this.width = width;
    this.height = height;
    Object.assign(this, { done: [], undone: [], base: null });
    const { width: w, height: h } = sized(width, height, LONGEST);
    Object.assign(this.canvas, { width: w, height: h });
    const image = mask ? await loaded(mask).catch(() => null) : null;
    this.base = image ? holesOf(image, LONGEST) : null;
    this.redraw();
  }

  get longest() {
    return Math.max(this.canvas.width, this.canvas.height);
  }

  // A stroke begins at a point, or the whole is inverted or cleared.
  step(step) {
    this.done.push(step);
    this.undone = [];
    this.draw(step);
  }

  // The last stroke goes on to a point.
  extend(point) {
    const stroke = this.done.at(-1);
    const from = stroke.points.at(-1);
    stroke.points.push(point);
    this.draw({ ...stroke, points: [from, point] });
  }

  undo() {
    if (this.done.length) this.undone.push(this.done.pop());
    this.redraw();
  }

  redo() {
    if (this.undone.length) this.done.push(this.undone.pop());
    this.redraw();
  }

  redraw() {
    this.pen.globalCompositeOperation = "source-over";
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (this.base) this.pen.drawImage(this.base, 0, 0, this.canvas.width, this.canvas.height);
    for (const step of this.done) this.draw(step);
  }

  draw({ tool, size, points }) {
    const { pen, canvas } = this;
    pen.fillStyle = colour();
    pen.strokeStyle = pen.fillStyle;
    if (tool === "clear") {
      pen.clearRect(0, 0, canvas.width, canvas.height);
    } else if (tool === "invert") {
      pen.globalCompositeOperation = "xor";
      pen.fillRect(0, 0, canvas.width, canvas.height);
    } else {
      pen.globalCompositeOperation = tool === "eraser" ? "destination-out" : "source-over";
      Object.assign(pen, { lineWidth: size, lineCap: "round", lineJoin: "round" });
      pen.beginPath();
      pen.moveTo(...points[0]);
      for (const point of points.slice(points.length > 1 ? 1 : 0)) pen.lineTo(...point);
      pen.stroke();
    }
    pen.globalCompositeOperation = "source-over";
  }

  // How much of the image may change, from 0 to 1.
  share() {
    const small = sized(this.width, this.height, 100);
    const pen = small.getContext("2d", { willReadFrequently: true });
    pen.drawImage(this.canvas, 0, 0, small.width, small.height);
    const { data } = pen.getImageData(0, 0, small.width, small.height);
    let sum = 0;
    for (let place = 3; place < data.length; place += 4) sum += data[place];
    return sum / 255 / (small.width * small.height);
  }

  // The mask as a PNG as large as its image.
  async file() {
    const whole = sized(this.width, this.height, Infinity);
    const pen = whole.getContext("2d");
    pen.fillRect(0, 0, whole.width, whole.height);
    pen.globalCompositeOperation = "destination-out";
    pen.drawImage(this.canvas, 0, 0, whole.width, whole.height);
    return new Promise((done) => { whole.toBlob(done, "image/png"); });
  }
}
