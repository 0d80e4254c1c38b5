// The AI SDK with its provider for compatible servers: generate, edit, combine.
import { randomUUID } from "node:crypto";
import fs from "node:fs";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateImage } from "ai";

const easel = createOpenAICompatible({
  name: "easel",
  baseURL: "http://127.0.0.1:8787/v1",
  apiKey: process.env.EASEL_API_KEY,
});
const providerOptions = { easel: { quality: "low" } };

const made = await generateImage({
  model: easel.imageModel("gpt-image-2"),
  prompt: "A red fox in the snow",
  size: "1536x1024",
  providerOptions,
  headers: { "Idempotency-Key": randomUUID() },
});
fs.writeFileSync("generate.png", made.image.uint8Array);

const edited = await generateImage({
  model: easel.imageModel("gpt-image-2"),
  prompt: { text: "Make it blue", images: [fs.readFileSync("fox.png")] },
  providerOptions,
  headers: { "Idempotency-Key": randomUUID() },
});
fs.writeFileSync("edit.png", edited.image.uint8Array);

const combined = await generateImage({
  model: easel.imageModel("gpt-image-2"),
  prompt: {
    text: "The fox in its den, in a hat",
    images: ["fox.png", "hat.png", "den.png"].map((name) => fs.readFileSync(name)),
  },
  providerOptions,
  headers: { "Idempotency-Key": randomUUID() },
});
fs.writeFileSync("edit-three.png", combined.image.uint8Array);

const masked = await generateImage({
  model: easel.imageModel("gpt-image-2"),
  prompt: { text: "Black and white", images: [fs.readFileSync("fox.png")], mask: fs.readFileSync("mask.png") },
  providerOptions,
  headers: { "Idempotency-Key": randomUUID() },
});
fs.writeFileSync("edit-mask.png", masked.image.uint8Array);
