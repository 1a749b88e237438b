import type { Page } from '@playwright/test';

type Kind = 'audioinput' | 'videoinput';
type Names = Record<Kind, string[]>;

declare global {
  interface Window {
    parleyPlugs?: {
      plug(kind: Kind, name: string): void;
      unplug(kind: Kind, name: string): void;
      /** The names of the devices whose tracks are open. */
      inUse(): string[];
    };
  }
}

/**
 * Runs inside the page, so it must use nothing from outside itself. Browsers cannot plug and unplug their
 * fake devices: this replaces the list of devices, which one a page gets, the end of a track whose device
 * went, and the event. Sound and picture stay those of the page's own microphone and camera.
 */
function installPlugs(names: Names) {
  const devices = navigator.mediaDevices;
  const original = devices.getUserMedia.bind(devices);
  const there: Names = { audioinput: [...names.audioinput], videoinput: [...names.videoinput] };
  const open: { name: string; track: MediaStreamTrack }[] = [];
  const kinds = [
    ['audioinput', 'audio'],
    ['videoinput', 'video'],
  ] as const;

  const idsIn = (wish: ConstrainDOMString | undefined): string[] => {
    if (wish === undefined || typeof wish === 'string') return wish ? [wish] : [];
    if (Array.isArray(wish)) return wish;
    return [wish.exact ?? wish.ideal ?? []].flat();
  };
  const isExact = (wish: ConstrainDOMString | undefined) =>
    typeof wish === 'object' && !Array.isArray(wish) && wish.exact !== undefined;

  devices.enumerateDevices = async () =>
    kinds.flatMap(([kind]) =>
      there[kind].map((label) => {
        const info = { kind, label, deviceId: label, groupId: '' };
        return { ...info, toJSON: () => info };
      }),
    );
  devices.getUserMedia = async (constraints = {}) => {
    const chosen: Partial<Record<string, string>> = {};
    const rest: MediaStreamConstraints = { ...constraints };
    for (const [kind, key] of kinds) {
      const wish = constraints[key];
      if (!wish) continue;
      if (there[kind].length === 0) throw new DOMException('there is none', 'NotFoundError');
      const { deviceId, ...others } = wish === true ? {} : wish;
      const wanted = idsIn(deviceId).filter((id) => id !== 'default' && id !== '');
      const found = there[kind].find((name) => wanted.includes(name));
      if (wanted.length > 0 && !found && isExact(deviceId))
        throw new DOMException('it is not there', 'OverconstrainedError');
      chosen[key] = found ?? there[kind][0] ?? '';
      rest[key] = Object.keys(others).length > 0 ? others : true;
    }
    const stream = await original(rest);
    for (const track of stream.getTracks()) open.push({ name: chosen[track.kind] ?? '', track });
    return stream;
  };

  const changed = () => devices.dispatchEvent(new Event('devicechange'));
  window.parleyPlugs = {
    plug(kind, name) {
      there[kind].push(name);
      changed();
    },
    unplug(kind, name) {
      there[kind] = there[kind].filter((other) => other !== name);
      for (const { track } of open.filter((one) => one.name === name && one.track.readyState === 'live')) {
        // A page can't end a track with an event; the browser does both when the device goes.
        track.stop();
        track.dispatchEvent(new Event('ended'));
      }
      changed();
    },
    inUse: () => open.filter(({ track }) => track.readyState === 'live').map(({ name }) => name),
  };
}

/** Gives a page these microphones and cameras, which can be unplugged, and others plugged in. */
export async function givePlugs(page: Page, names: Names) {
  await page.evaluate(installPlugs, names);
  return {
    plug: (kind: Kind, name: string) =>
      page.evaluate(([one, what]) => window.parleyPlugs?.plug(one, what), [kind, name] as const),
    unplug: (kind: Kind, name: string) =>
      page.evaluate(([one, what]) => window.parleyPlugs?.unplug(one, what), [kind, name] as const),
    inUse: () => page.evaluate(() => window.parleyPlugs?.inUse() ?? []),
  };
}
