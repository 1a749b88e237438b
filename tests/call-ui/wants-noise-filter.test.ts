import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const chrome =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0 Safari/537.36';
const safari =
  'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';

/** A machine on which half a second of sound takes this long in the model, in milliseconds; null: it does not load. */
async function on(machine: {
  processors: number;
  browser?: string;
  takesMs: number | null;
  isSilent?: boolean;
}) {
  vi.stubGlobal('navigator', {
    hardwareConcurrency: machine.processors,
    userAgent: machine.browser ?? chrome,
  });
  let now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  vi.stubGlobal(
    'OscillatorNode',
    class {
      connect = () => ({ connect: () => {} });
      start = () => {};
    },
  );
  vi.stubGlobal(
    'OfflineAudioContext',
    class {
      startRendering = async () => {
        now += machine.takesMs ?? 0;
        return { getChannelData: () => new Float32Array([0, machine.isSilent ? 0 : 0.1]) };
      };
    },
  );
  vi.doMock('@/lib/call-ui/media/noise-model', () => ({
    modelRate: 48_000,
    createNoiseNode: async () => {
      if (machine.takesMs === null) throw new Error('did not load');
      return { destroy: () => {} };
    },
  }));
  const { wantsNoiseFilter } = await import('@/lib/call-ui/media/wants-noise-filter');
  return wantsNoiseFilter;
}

beforeEach(() => vi.resetModules());
afterEach(() => {
  vi.doUnmock('@/lib/call-ui/media/noise-model');
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('without a choice the noise filter is on where it takes at most a tenth of a processor', async () => {
  expect(await (await on({ processors: 8, takesMs: 50 }))(null)).toBe(true);
  vi.resetModules();
  expect(await (await on({ processors: 8, takesMs: 51 }))(null)).toBe(false);
});

test('without a choice it is off with few processors, in Safari, and where the model does not work', async () => {
  const machines = [
    { processors: 2, takesMs: 1 },
    { processors: 8, takesMs: 1, browser: safari },
    { processors: 8, takesMs: null },
    { processors: 8, takesMs: 1, isSilent: true },
  ];
  for (const machine of machines) {
    vi.resetModules();
    expect(await (await on(machine))(null)).toBe(false);
  }
});

test('a choice counts on every machine', async () => {
  const wants = await on({ processors: 2, takesMs: 400, browser: safari });
  expect(await wants(true)).toBe(true);
  expect(await wants(false)).toBe(false);
});
