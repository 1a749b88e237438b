import { expect, it } from 'vitest';
import { Shown } from '@/lib/realtime/shown';

function begun(...shared: string[]) {
  const shown = new Shown();
  shown.begin(shared, ['call_1']);
  return shown;
}

it('what streams share is theirs alone once it changes', () => {
  const [one, other] = [begun('alice', 'bob'), begun('alice', 'bob')];
  one.delete('bob');
  one.add('carol');
  expect(['alice', 'bob', 'carol', 'call_1'].map((id) => one.has(id))).toEqual([true, false, true, true]);
  expect(['alice', 'bob', 'carol', 'call_1'].map((id) => other.has(id))).toEqual([true, true, false, true]);
});

it('what was removed and returns is shown again, and can be removed again', () => {
  const shown = begun('alice');
  for (const id of ['alice', 'call_1']) {
    shown.delete(id);
    expect(shown.has(id)).toBe(false);
    shown.add(id);
    expect(shown.has(id)).toBe(true);
    shown.delete(id);
    expect(shown.has(id)).toBe(false);
  }
});

it('a later stream begins with other people, and the earlier ones keep theirs', () => {
  const before = begun('alice', 'bob');
  const after = begun('alice', 'carol');
  expect([before.has('bob'), before.has('carol'), after.has('bob'), after.has('carol')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
});
