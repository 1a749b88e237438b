import type {
  CallButtonViewProps,
  CallParticipant,
  CallPhase,
  CallSummary,
  ParticipantTileProps,
} from '@parley/call-kit';
import type { Changes, Part } from './changes';
import css from './shell.module.css';

const phases: CallPhase[] = ['incoming', 'outgoing', 'connecting', 'connected', 'reconnecting', 'ended'];
const states: CallParticipant['state'][] = [
  'in_call',
  'calling',
  'ringing',
  'connecting',
  'rejoining',
  'declined',
  'no_answer',
  'unreachable',
];
const qualities: CallSummary['quality'][] = ['good', 'weak', 'lost'];
const sizes: ParticipantTileProps['size'][] = ['dock', 'tile', 'strip', 'corner'];
const buttonStates: CallButtonViewProps['state'][] = ['idle', 'busy', 'ringing', 'live', 'in_call'];
const looks: CallButtonViewProps['look'][] = ['header', 'profile', 'list', 'icon'];

/** What a property can be, where it is one of several words. */
const choices: Record<string, readonly string[]> = {
  'call.phase': phases,
  'call.kind': ['direct', 'group'],
  'call.quality': qualities,
  'participant.state': states,
  'participant.quality': qualities,
  size: sizes,
  source: ['camera', 'screen'],
  state: buttonStates,
  look: looks,
};

type Control = { path: string; value: string | number | boolean };

/** What can be changed of a part: its plain properties, and those of the objects among them. */
export function controlsOf({ props }: Pick<Part, 'props'>): Control[] {
  return Object.entries(props).flatMap(([name, value]) => {
    const inner =
      typeof value === 'object' && value !== null && !Array.isArray(value) && !Reflect.has(value, '$$typeof')
        ? Object.entries(value).map(([key, one]): [string, unknown] => [`${name}.${key}`, one])
        : [[name, value] as [string, unknown]];
    return inner.flatMap(([path, one]) =>
      (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean') && isChosen(path)
        ? [{ path, value: one }]
        : [],
    );
  });
}

/** Ids say nothing, the width decides what is narrow, and the attributes of a button are the kit's own. */
const isChosen = (path: string) => !/(id|Id|isNarrow|isSideways|Props\..*)$/.test(path);

type ControlsProps = { part: Part; changes: Changes; change: (changes: Changes) => void };

/** A control for each plain property of a part. */
export function Controls({ part, changes, change }: ControlsProps) {
  const controls = controlsOf(part);
  if (controls.length === 0) return <p className={css.quiet}>Nothing of it is a plain value.</p>;
  return (
    <div className={css.controls}>
      {controls.map(({ path, value: first }, index) => {
        const [group, key = group] = path.split('.');
        const isNewGroup = key !== group && !controls[index - 1]?.path.startsWith(`${group}.`);
        const value = changes[path] ?? first;
        const set = (next: string | number | boolean) => change({ ...changes, [path]: next });
        const words = typeof value === 'string' ? choices[path] : undefined;
        return (
          <div key={path} className={css.control}>
            {isNewGroup ? <h3>{group}</h3> : null}
            <label htmlFor={path}>{key}</label>
            {words ? (
              <select id={path} value={String(value)} onChange={(event) => set(event.target.value)}>
                {words.map((word) => (
                  <option key={word}>{word}</option>
                ))}
              </select>
            ) : typeof value === 'boolean' ? (
              <input
                id={path}
                type="checkbox"
                checked={value}
                onChange={(event) => set(event.target.checked)}
              />
            ) : (
              <input
                id={path}
                type={typeof value === 'number' ? 'number' : 'text'}
                dir="auto"
                value={String(value)}
                onChange={(event) =>
                  set(typeof value === 'number' ? Number(event.target.value) : event.target.value)
                }
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
