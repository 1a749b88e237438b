const start = 21;
const greenFrom = 100;
const greenTo = 166;
const end = 350;
const span = end - start - (greenTo - greenFrom);

/** The colour of a person or group, 0–359: always the same for an id, never pure red or green. */
export function hueOf(id: string): number {
  let hash = 2166136261;
  for (const unit of id) hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 16777619) >>> 0;
  const hue = start + (hash % span);
  return hue < greenFrom ? hue : hue + (greenTo - greenFrom);
}
