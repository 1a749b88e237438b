import { object } from '@parley/call-protocol';
import { z } from 'zod/mini';
import { corners } from './stage/boxes';
import type { DockSize } from './stage/dock-size';

/**
 * The ringtones there are, in the order of the choice.
 *
 * @example
 * ringtoneNames.map((name) => <option key={name} value={name}>{words.ringtones[name]}</option>)
 */
export const ringtoneNames = ['pebbles', 'lantern', 'harbour', 'sparrow'] as const;
/** One of the ringtones. */
export type RingtoneName = (typeof ringtoneNames)[number];

/**
 * The shortcuts there are, in the order of the list in Settings.
 *
 * @example
 * shortcutActions.length // 5
 */
export const shortcutActions = ['accept', 'decline', 'incoming', 'microphone', 'leave'] as const;
/** What a shortcut does. */
export type ShortcutAction = (typeof shortcutActions)[number];

/** Each a `KeyboardEvent.code`; which keys go with it is in shortcuts.ts. */
const shortcutsSchema = object({
  accept: z.catch(z.string(), 'KeyS'),
  decline: z.catch(z.string(), 'KeyD'),
  incoming: z.catch(z.string(), 'F6'),
  microphone: z.catch(z.string(), 'KeyM'),
  leave: z.catch(z.string(), 'KeyH'),
});

/** In percent. */
export const mostVolume = 200;

const volumesSchema = z.catch(
  z.record(z.string(), z.number().check(z.minimum(0), z.maximum(mostVolume))),
  () => ({}),
);

const preferencesSchema = object({
  ringtone: z.catch(z.enum(ringtoneNames), 'pebbles'),
  /** 0–100. */
  ringVolume: z.catch(z.number().check(z.minimum(0), z.maximum(100)), 70),
  /** Device ids; '' is the system's default. */
  microphoneId: z.catch(z.string(), ''),
  cameraId: z.catch(z.string(), ''),
  speakerId: z.catch(z.string(), ''),
  /** How loud people are on this device, 0–200 by user id; who is not in it is at 100. */
  volumes: volumesSchema,
  /** The same for the sound of their shared screens. */
  screenVolumes: volumesSchema,
  /** How high the call stands in its conversation, by conversation id; without one as high as it needs. */
  dockSizes: z.catch(
    z.record(z.string(), z.union([z.literal('bar'), z.number().check(z.positive())])),
    () => ({}),
  ),
  /** Where the own picture stands on another one. */
  selfCorner: z.catch(z.enum(corners), 'bottom-right'),
  noiseSuppression: z.catch(z.boolean(), true),
  /** Whether a model takes everything but the voice away; null: where the machine carries it. */
  noiseFilter: z.catch(z.nullable(z.boolean()), null),
  echoCancellation: z.catch(z.boolean(), true),
  /** While it is chosen, no camera is sent that is not blurred. */
  isBackgroundBlurred: z.catch(z.boolean(), false),
  /** Whether reactions of participants are shown and announced. */
  showsReactions: z.catch(z.boolean(), true),
  /** Calls start with the microphone muted. */
  isJoiningMuted: z.catch(z.boolean(), false),
  /** What holding `pushKey` does. */
  pushMode: z.catch(z.enum(['off', 'talk', 'mute']), 'off'),
  /** A `KeyboardEvent.code`. */
  pushKey: z.catch(z.string().check(z.minLength(1)), 'Backquote'),
  shortcuts: z.catch(shortcutsSchema, () => shortcutsSchema.parse({})),
});

/**
 * What a person chose on this device: ringtone, volume, devices, shortcuts.
 *
 * @example
 * const isQuiet = ({ ringVolume }: CallPreferences) => ringVolume === 0;
 */
export type CallPreferences = z.infer<typeof preferencesSchema>;

const storageKey = 'parley-call-preferences';
export const defaultPreferences: CallPreferences = preferencesSchema.parse({});

let held: { text: string | null; value: CallPreferences } = { text: null, value: defaultPreferences };
const listeners = new Set<() => void>();

function storedText(): string | null {
  try {
    return globalThis.localStorage?.getItem(storageKey) ?? null;
  } catch {
    // Storage can be forbidden; then choices last as long as the page.
    return held.text;
  }
}

/**
 * The preferences of this device; the same object as long as nothing changed.
 *
 * @example
 * const { ringVolume } = readPreferences();
 */
export function readPreferences(): CallPreferences {
  const text = storedText();
  if (text === held.text) return held.value;
  let parsed: unknown = {};
  try {
    parsed = JSON.parse(text ?? '{}');
  } catch {
    // A broken entry counts as none.
  }
  const result = preferencesSchema.safeParse(parsed);
  held = { text, value: result.success ? result.data : defaultPreferences };
  return held.value;
}

/**
 * Keeps a changed preference on this device; every open tab follows at once.
 *
 * @example
 * changePreferences({ ringtone: 'lantern' });
 */
export function changePreferences(change: Partial<CallPreferences>): void {
  const value = { ...readPreferences(), ...change };
  const text = JSON.stringify(value);
  held = { text, value };
  try {
    globalThis.localStorage?.setItem(storageKey, text);
  } catch {
    // See storedText.
  }
  for (const listener of listeners) listener();
}

/** The pieces of the preferences that hold volumes. */
export type VolumePiece = 'volumes' | 'screenVolumes';

/** More people than anyone turns down one by one, and more conversations than calls are resized in. */
const mostKept = 200;

/**
 * How loud one person, or the screen they share, is on this device from now on, in this call and later ones.
 *
 * @param volume 0–200; 100 is forgotten
 */
export function saveVolume(userId: string, volume: number, piece: VolumePiece = 'volumes'): void {
  const others = Object.entries(readPreferences()[piece]).filter(([id]) => id !== userId);
  const kept: [string, number][] = volume === 100 ? others : [...others, [userId, volume]];
  changePreferences({ [piece]: Object.fromEntries(kept.slice(-mostKept)) });
}

/** Keeps the height of the call in a conversation; `half`, which it has by itself, is forgotten. */
export function saveDockSize(conversationId: string, size: DockSize): void {
  const others = Object.entries(readPreferences().dockSizes).filter(([id]) => id !== conversationId);
  const kept: typeof others = size === 'half' ? others : [...others, [conversationId, size]];
  changePreferences({ dockSizes: Object.fromEntries(kept.slice(-mostKept)) });
}

/**
 * Calls back when a preference changes, in this tab or in another.
 *
 * @example
 * const stop = onPreferences(() => show(readPreferences()));
 */
export function onPreferences(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === null || event.key === storageKey) listener();
  };
  listeners.add(listener);
  globalThis.addEventListener?.('storage', onStorage);
  return () => {
    listeners.delete(listener);
    globalThis.removeEventListener?.('storage', onStorage);
  };
}
