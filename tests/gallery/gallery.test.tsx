import { defaultComponents } from '@parley/call-kit';
import { expect, test } from 'vitest';
import { changed, partsOf, withChanges } from '@/gallery/changes';
import { controlsOf } from '@/gallery/controls';
import { printCode } from '@/gallery/print-code';
import { sceneGroups, sceneOf } from '@/gallery/scenes';

const wide = { isNarrow: false, isFull: false };
const shown = (name: string, how = wide) => partsOf(sceneOf(new URLSearchParams({ scene: name })), how);
const names = [...sceneGroups.Scenes, ...sceneGroups.Surfaces, ...sceneGroups.Parts];

test('every slot that shows something has a scene in the gallery', () => {
  const seen = new Set(
    names
      .flatMap((name) => [...shown(name), ...shown(name, { isNarrow: true, isFull: true })])
      .map(({ name }) => name),
  );
  const slots = Object.keys(defaultComponents).filter((slot) => !['ToolbarExtras', 'Ringer'].includes(slot));
  expect(slots.filter((slot) => !seen.has(slot) && !seen.has(`${slot}View`))).toEqual([]);
});

test('no two scenes share a name', () => {
  expect(names).toEqual([...new Set(names)]);
});

test('every phase of a call has a scene in the gallery', () => {
  const phases = names.flatMap((name) =>
    shown(name).map(({ name: part, props }) => {
      if (part === 'IncomingCall') return 'incoming';
      if (part === 'EndedCard') return 'ended';
      return Reflect.get(Object(props.call), 'phase');
    }),
  );
  for (const phase of ['incoming', 'outgoing', 'connecting', 'connected', 'reconnecting', 'ended'])
    expect(phases).toContain(phase);
});

test('a control changes the first part of a scene, and its code', () => {
  const scene = changed(sceneOf(new URLSearchParams({ scene: 'refused' })), { title: 'No' });
  const [part] = partsOf(scene, wide);
  expect(part?.props.title).toBe('No');
  expect(part && printCode(part)).toBe(
    '<RefusalAlert\n  title="No"\n  detail="You can’t call Erin."\n  dismiss={dismiss}\n/>',
  );
});

test('the controls of a part are its plain values, also those of the objects in it', () => {
  const props = {
    call: { callId: 'c', title: 'Bob' },
    isOpen: true,
    isNarrow: false,
    close: () => {},
    people: [],
  };
  expect(controlsOf({ props }).map(({ path }) => path)).toEqual(['call.title', 'isOpen']);
  expect(withChanges(props, { 'call.title': 'Carol', isOpen: false })).toEqual({
    call: { callId: 'c', title: 'Carol' },
    isOpen: false,
  });
});
