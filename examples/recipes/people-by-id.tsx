import { CallProvider, type CallProviderProps, usePerson } from '@parley/call-kit';

type Member = { nickname: string; picture?: string };

/** At once for members who are known, later for the others; the kit asks once per id. */
export const namesFrom =
  (known: ReadonlyMap<string, Member>, load: (id: string) => Promise<Member>) => (id: string) => {
    const asAnswer = ({ nickname, picture }: Member) => ({ displayName: nickname, avatarUrl: picture });
    const member = known.get(id);
    return member ? asAnswer(member) : load(id).then(asAnswer);
  };

/** Headless: the same names for what the app draws itself. */
export function CallerName({ id }: { id: string }) {
  const { person, state } = usePerson(id);
  return <b aria-busy={state === 'asked'}>{person.displayName}</b>;
}

export function WithNames(props: CallProviderProps) {
  const members = new Map([['user_bob', { nickname: 'Bobby' }]]);
  return (
    <CallProvider {...props} resolvePerson={namesFrom(members, async () => ({ nickname: 'A guest' }))} />
  );
}
