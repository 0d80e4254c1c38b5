// OpenAI's Node client: generate, edit, combine, stream.
import fs from "node:fs";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: "http://127.0.0.1:8787/v1", apiKey: process.env.EASEL_API_KEY });

const save = (name, image) => fs.writeFileSync(name, Buffer.from(image, "base64"));

const made = await client.images.generate({
  model: "gpt-image-2",
  prompt: "A red fox in the snow",
  size: "1536x1024",
  quality: "low",
});
save("generate.png", made.data[0].b64_json);

const edited = await client.images.edit({
  model: "gpt-image-2",
  image: fs.createReadStream("fox.png"),
  prompt: "Make it blue",
  quality: "low",
});
save("edit.png", edited.data[0].b64_json);

const combined = await client.images.edit({
  model: "gpt-image-2",
  image: ["fox.png", "hat.png", "den.png"].map((name) => fs.createReadStream(name)),
  prompt: "The fox in its den, in a hat",
  quality: "low",
});
save("edit-three.png", combined.data[0].b64_json);

const masked = await client.images.edit({
  model: "gpt-image-2",
  image: fs.createReadStream("fox.png"),
  mask: fs.createReadStream("mask.png"),
  prompt: "Black and white",
  quality: "low",
});
save("edit-mask.png", masked.data[0].b64_json);

const stream = await client.images.generate({
  model: "gpt-image-2",
  prompt: "A red fox in the snow",
  quality: "low",
  stream: true,
});
for await (const event of stream) {
  if (event.type === "image_generation.completed") save("stream.png", event.b64_json);
}
