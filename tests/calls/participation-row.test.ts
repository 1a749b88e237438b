import { expect, it } from 'vitest';
import {
  connected,
  connecting,
  left,
  moving,
  type Participation,
  rejoining,
} from '@/lib/calls/model/participation';
import { participationOfRow, rowOfParticipation } from '@/lib/calls/participation-row';
import { alice, now, otherSignInId, otherTab, signInId, tab } from '../support/a-call';

const holder = { userId: alice, clientId: tab, signInId, enteredAt: now - 5000 };
const from = { clientId: otherTab, signInId: otherSignInId };
const onItsWay = moving(holder, { from, deadlineAt: now + 9000, droppedAt: now - 1 });

const states: [string, Participation][] = [
  ['connecting', connecting(holder, { deadlineAt: now + 9000, droppedAt: null })],
  ['connecting again', connecting(holder, { deadlineAt: now + 9000, droppedAt: now - 1 })],
  ['connected', connected(holder, 'sid_1')],
  ['moving, the new client on its way', onItsWay],
  ['moving, the new client up', { ...onItsWay, mediaSid: 'sid_2', droppedAt: null }],
  ['moving since an older version', { ...onItsWay, from: { ...from, signInId: null } }],
  ['rejoining', rejoining(holder, { deadlineAt: now + 9000, droppedAt: now })],
  ['left', left(holder, now)],
  ['left at the end of the call', left(holder, null)],
];

it.each(states)('%s is read from the row that it is written as', (_, part) => {
  expect(participationOfRow(rowOfParticipation(part))).toEqual(part);
});

it('a row without the deadline of its state is one whose time has run out', () => {
  const row = { ...rowOfParticipation(connected(holder, 'sid_1')), mediaSid: null };
  expect(participationOfRow(row)).toMatchObject({ state: 'connecting', deadlineAt: holder.enteredAt });
  expect(participationOfRow({ ...row, state: 'rejoining' })).toMatchObject({
    state: 'rejoining',
    deadlineAt: holder.enteredAt,
  });
});
