// The progress of a job in words. A remaining time is said only while it can still be true.
const STAGES = { queued: "Queued", inputs: "Fetching input images", generating: "Generating…", storing: "Storing…" };

const span = (seconds) => (seconds < 90 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`);

// `since`: the seconds that have passed since the server's message came.
export function progressText(message, since) {
  const parts = [STAGES[message.stage] ?? STAGES.generating];
  if (message.position) parts.push(message.position === 1 ? "next in queue" : `number ${message.position} in queue`);
  if (message.secondsSoFar != null) parts.push(time(message, since));
  return parts.filter(Boolean).join(parts[0].endsWith("…") ? " " : ", ");
}

function time(message, since) {
  const soFar = `${span(Math.floor(message.secondsSoFar + since))} so far`;
  if (message.secondsLeft == null) return message.longerThanUsual ? `longer than usual, ${soFar}` : soFar;
  const left = Math.ceil(message.secondsLeft - since);
  return left > 0 ? `about ${span(left)} left` : `longer than usual, ${soFar}`;
}
