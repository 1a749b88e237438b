import 'server-only';
import type { StreamEvent } from '@parley/call-protocol';

const bytes = new TextEncoder();
/** By the event's data: what several streams are sent alike is written once. */
const events = new WeakMap<object, Uint8Array>();
/** By the object: so is what views for different people have in common (lib/realtime/snapshot.ts). */
const parts = new WeakMap<object, string>();

/** The bytes that carry this event; the same bytes for the same data. */
export function bytesOf({ type, data }: StreamEvent): Uint8Array {
  const known = events.get(data);
  if (known) return known;
  // Each snapshot is read for one viewer.
  const text = type === 'snapshot' ? JSON.stringify(data) : textOf(data);
  const made = bytes.encode(`event: ${type}\ndata: ${text}\n\n`);
  events.set(data, made);
  return made;
}

function textOf(data: object): string {
  if (Array.isArray(data)) return `[${data.map(partOf).join(',')}]`;
  const fields = Object.entries(data).filter(([, value]) => value !== undefined);
  return `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${partOf(value)}`).join(',')}}`;
}

function partOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const text = parts.get(value) ?? JSON.stringify(value);
  parts.set(value, text);
  return text;
}
