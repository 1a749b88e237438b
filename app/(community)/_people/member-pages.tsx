'use client';

import type { UserView } from '@parley/call-protocol';
import { type ReactNode, useMemo } from 'react';
import { useText } from '../../_language/text-provider';
import { useCommunity } from '../_store/hooks';
import { byPresence } from './by-presence';
import { ListEnd } from './list-end';
import type { MemberRow, MemberSection } from './member-sections';
import { RowsInSight } from './rows-in-sight';
import { byFoldedName, usePeople } from './use-people';

const rowPx = 48;

type MemberPagesProps = {
  typed: string;
  /** The page's own parts: if this code imported them, their styles would go into what every page loads first. */
  Section: typeof MemberSection;
  Row: typeof MemberRow;
  /** Stands there when the search finds no one. */
  empty: ReactNode;
};

/** The members of a large community whose names have what was typed, read a page at a time. Those who are here come first. */
export function MemberPages({ typed, Section, Row, empty }: MemberPagesProps) {
  const t = useText();
  const list = usePeople(typed, true);
  const { people, hasMore, isRead } = list;
  const memberCount = useCommunity((state) => state.memberCount ?? state.users.size);
  const { here, away } = useMemo(() => byPresence([...people].sort(byFoldedName)), [people]);
  const hereCount = Math.max(here.length, list.hereCount ?? 0);
  const awayCount = hasMore ? Math.max(away.length, memberCount - hereCount) : away.length;
  // How many of those that a search finds are here is known once all of them are.
  const isSure = isRead && (typed.trim() === '' || !hasMore);
  const rowsOf = (users: readonly UserView[]) => (
    <RowsInSight
      rows={users}
      rowPx={rowPx}
      row={(user, place) => <Row key={user.id} user={user} {...place} />}
    />
  );
  return (
    <>
      {people.length === 0 && !hasMore && empty}
      {isSure && here.length > 0 && awayCount > 0 ? (
        <>
          <Section title={t('people.here', { count: hereCount })}>{rowsOf(here)}</Section>
          {away.length > 0 && (
            <Section title={t('people.away', { count: awayCount })}>{rowsOf(away)}</Section>
          )}
        </>
      ) : (
        <Section>{rowsOf(people)}</Section>
      )}
      <ListEnd list={list} count={people.length} as="div" />
    </>
  );
}
