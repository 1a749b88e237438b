import type { OperatorPerson, OperatorView } from '@parley/call-protocol';
import { useCallback, useState } from 'react';
import { isMatch } from '../_people/names';
import { type Pages, usePages } from '../_people/use-pages';
import { operatorApi } from './operator-api';

type OperatorPeople = Omit<Pages<OperatorPerson>, 'items'> & {
  people: readonly OperatorPerson[];
  /** Shows what an action has made of a person, or that it removed them, until their page is read again. */
  change: (id: string, person: OperatorPerson | null) => void;
};

type Place = { after?: string };
const start: Place = {};
const pageSize = 100;

/** The people whose names have what was typed: of the view where it holds everyone, else read a page at a time. */
export function useOperatorPeople(view: OperatorView, typed: string): OperatorPeople {
  const [changed, setChanged] = useState<ReadonlyMap<string, OperatorPerson | null>>(new Map());
  const readPage = useCallback(async (search: string, { after }: Place) => {
    const { people, next } = await operatorApi.people({
      search: search || undefined,
      after,
      limit: pageSize,
    });
    return { items: people, next: next === null ? null : { after: next } };
  }, []);
  const isAll = view.nextPeople === undefined;
  const { items, ...pages } = usePages(isAll ? null : typed, start, readPage);
  const read = items && new Map(items.map((person) => [person.id, person]));
  const people = read
    ? [...read.values()].flatMap((person) => {
        const now = changed.get(person.id);
        return now === null ? [] : [now ?? person];
      })
    : view.people.filter((person) => isMatch(person, typed));
  const change = (id: string, person: OperatorPerson | null) =>
    setChanged((was) => new Map(was).set(id, person));
  return { ...pages, people, hasMore: !isAll && pages.hasMore, change };
}
