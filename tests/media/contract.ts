import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClientId, UserId } from '@/lib/ids';
import type { MediaEvent, MediaIdentity, MediaParticipant, MediaServer } from '@/lib/media/media-server';
import { formatIdentity, MediaUnavailable } from '@/lib/media/media-server';

export type Connection = {
  leave(): Promise<void>;
  /** Resolves when the server has cut this connection off. */
  waitForCutOff(): Promise<void>;
  /** What the server lets this connection do, as the connection sees it. */
  waitUntilItMay(may: { publish: boolean; subscribe: boolean }): Promise<void>;
  /** The identities of the others in the room, as this connection sees them. */
  others(): Promise<string[]>;
  /** What this connection's client has said about the room since the last look. */
  news(): Promise<string[]>;
};

/** A media server together with browsers that can join it and a place where its webhooks arrive. */
export type MediaWorld = {
  media: MediaServer;
  /** Joins as a browser with this token; rejects when the server refuses. */
  join(token: string): Promise<Connection>;
  waitForEvent(matches: (event: MediaEvent) => boolean): Promise<MediaEvent>;
  /** Kills the server; it forgets every room. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
};

const alice: MediaIdentity = { userId: 'user_alice' as UserId, clientId: 'tab-of_Alice1' as ClientId };
const bob: MediaIdentity = { userId: 'user_bob' as UserId, clientId: 'tab-of_Bob01' as ClientId };

/** What every media server promises; the fake and the real LiveKit both run it. */
export function describeMediaServer(name: string, open: () => Promise<MediaWorld>) {
  describe(name, () => {
    let world: MediaWorld;
    let roomNumber = 0;
    const makeName = () => `parley_contract_${++roomNumber}_${Math.floor(Math.random() * 1e9)}`;

    beforeAll(async () => {
      world = await open();
    }, 60_000);
    afterAll(() => world?.close());

    async function makeRoom() {
      const room = makeName();
      await world.media.createRoom(room);
      return room;
    }
    const join = async (room: string, who: MediaIdentity) =>
      world.join(await world.media.token(room, who, 'A name'));
    const namesOf = async (prefix: string) => (await world.media.listRooms(prefix)).map((room) => room.name);

    test('a running server answers a ping', async () => {
      expect(await world.media.ping()).toBe(true);
    });

    test('a new room is listed with the time it was made, and an existing one stays as it is', async () => {
      const before = Date.now();
      const room = await makeRoom();
      const [first] = await world.media.listRooms(room);
      await world.media.createRoom(room);
      const again = await world.media.listRooms(room);
      expect(again).toEqual([first]);
      // LiveKit may cut the time down to whole seconds.
      expect(first?.createdAtMs).toBeGreaterThan(before - 1001);
      expect(first?.createdAtMs).toBeLessThanOrEqual(Date.now());
    });

    test('of the rooms asked for by name those that exist are found, and nothing else', async () => {
      const [first, second] = [await makeRoom(), await makeRoom()];
      const found = await world.media.findRooms([first, makeName()]);
      expect(found).toEqual(await world.media.listRooms(first));
      const both = await world.media.findRooms([first, second]);
      expect(both.map((room) => room.name).sort()).toEqual([first, second].sort());
      expect(await world.media.findRooms([first.slice(0, -1)])).toEqual([]);
      expect(await world.media.findRooms([])).toEqual([]);
    });

    test('rooms with another prefix are not listed', async () => {
      const room = await makeRoom();
      expect(await namesOf('parley_contract_')).toContain(room);
      expect(await namesOf('other-server_')).toEqual([]);
    });

    test('a deleted room is removed, and deleting it again is no error', async () => {
      const room = await makeRoom();
      expect(await world.media.deleteRoom(room)).toBe(true);
      expect(await namesOf(room)).toEqual([]);
      expect(await world.media.deleteRoom(room)).toBe(false);
    });

    test('nothing that is missing is an error', async () => {
      const room = makeName();
      expect(await world.media.listParticipants(room)).toEqual([]);
      expect(await world.media.removeParticipant(room, alice)).toBe(false);
      await world.media.permit(room, alice, { publish: true, subscribe: true });
      await world.media.createRoom(room);
      expect(await world.media.listParticipants(room)).toEqual([]);
      expect(await world.media.removeParticipant(room, alice)).toBe(false);
      await world.media.permit(room, alice, { publish: true, subscribe: true });
    });

    test('who joins is announced and listed under the same sid, who leaves is announced and gone', async () => {
      const room = await makeRoom();
      const connection = await join(room, alice);
      const joined = await world.waitForEvent(
        (one) => one.room === room && one.type === 'participant_joined',
      );
      expect(joined.participant?.identity).toEqual(alice);
      expect(await world.media.listParticipants(room)).toEqual([joined.participant]);

      await connection.leave();
      const left = await world.waitForEvent((one) => one.room === room && one.type === 'participant_left');
      expect(left.participant).toEqual(joined.participant);
      expect(left.id).not.toBe(joined.id);
      expect(await world.media.listParticipants(room)).toEqual([]);
    });

    test('two people are in a room together, and removing one leaves the other', async () => {
      const room = await makeRoom();
      const hers = await join(room, alice);
      const his = await join(room, bob);
      await expect.poll(() => world.media.listParticipants(room)).toHaveLength(2);
      expect(await world.media.removeParticipant(room, bob)).toBe(true);
      await his.waitForCutOff();
      await world.waitForEvent(
        (one) =>
          one.room === room &&
          one.type === 'participant_left' &&
          one.participant?.identity.userId === bob.userId,
      );
      const rest = await world.media.listParticipants(room);
      expect(rest.map((one) => one.identity)).toEqual([alice]);
      await hers.leave();
    });

    test('the same identity joining again takes the place of the old connection under a new sid', async () => {
      const room = await makeRoom();
      const first = await join(room, alice);
      await world.waitForEvent((one) => one.room === room && one.type === 'participant_joined');
      const [old] = await world.media.listParticipants(room);
      const second = await join(room, alice);
      await first.waitForCutOff();
      await world.waitForEvent(
        (one) => one.room === room && one.type === 'participant_left' && one.participant?.sid === old?.sid,
      );
      await expect.poll(() => world.media.listParticipants(room)).toHaveLength(1);
      const [now, ...others] = await world.media.listParticipants(room);
      expect(others).toEqual([]);
      expect(now?.identity).toEqual(alice);
      expect(now?.sid).not.toBe(old?.sid);
      await second.leave();
    });

    test('deleting a room cuts off everyone in it', async () => {
      const room = await makeRoom();
      const connection = await join(room, alice);
      await world.media.deleteRoom(room);
      await connection.waitForCutOff();
      await world.waitForEvent((one) => one.room === room && one.type === 'participant_left');
      expect(await world.media.listParticipants(room)).toEqual([]);
    });

    test('a token for a room that is not there is refused and does not make the room', async () => {
      const room = makeName();
      await expect(join(room, alice)).rejects.toThrow();
      expect(await namesOf(room)).toEqual([]);
    });

    test('a token kept past the end of its room is refused and does not bring the room back', async () => {
      const room = await makeRoom();
      const token = await world.media.token(room, alice, 'Alice');
      await world.media.deleteRoom(room);
      await expect(world.join(token)).rejects.toThrow();
      expect(await namesOf(room)).toEqual([]);
    });

    test('a forged token is refused', async () => {
      const room = await makeRoom();
      const token = await world.media.token(room, alice, 'Alice');
      await expect(world.join(`${token.slice(0, -12)}AAAAAAAAAAAA`)).rejects.toThrow();
      expect(await world.media.listParticipants(room)).toEqual([]);
    });

    test('a participant’s permissions change at once and can be restored', async () => {
      const room = await makeRoom();
      const connection = await join(room, alice);
      await connection.waitUntilItMay({ publish: true, subscribe: true });
      await world.media.permit(room, alice, { publish: false, subscribe: true });
      await connection.waitUntilItMay({ publish: false, subscribe: true });
      await world.media.permit(room, alice, { publish: true, subscribe: true });
      await connection.waitUntilItMay({ publish: true, subscribe: true });
      await connection.leave();
    });

    test('a listener is seen by no participant until it is let in, and then under the same sid', async () => {
      const room = await makeRoom();
      const hers = await join(room, alice);
      await expect.poll(() => world.media.listParticipants(room)).toHaveLength(1);
      await hers.news();
      const his = await world.join(await world.media.token(room, bob, 'Bob', 'listener'));
      await his.waitUntilItMay({ publish: false, subscribe: true });
      await expect.poll(() => world.media.listParticipants(room)).toHaveLength(2);
      const listed = await world.media.listParticipants(room);
      expect([await hers.others(), await hers.news()]).toEqual([[], []]);
      expect(await his.others()).toEqual([formatIdentity(alice)]);
      await world.waitForEvent(
        ({ type, participant }) =>
          type === 'participant_joined' && participant?.identity.userId === bob.userId,
      );

      await world.media.permit(room, bob, { publish: true, subscribe: true });
      await his.waitUntilItMay({ publish: true, subscribe: true });
      await expect.poll(() => hers.others()).toEqual([formatIdentity(bob)]);
      const bySid = (list: MediaParticipant[]) => list.map(({ sid }) => sid).sort();
      expect(bySid(await world.media.listParticipants(room))).toEqual(bySid(listed));
      await hers.leave();
      await his.leave();
    });

    test('a listener that is removed is seen by no participant either, and its pass of the ended room is refused', async () => {
      const room = await makeRoom();
      const hers = await join(room, alice);
      const pass = await world.media.token(room, bob, 'Bob', 'listener');
      const his = await world.join(pass);
      await expect.poll(() => world.media.listParticipants(room)).toHaveLength(2);
      await hers.news();
      expect(await world.media.removeParticipant(room, bob)).toBe(true);
      await his.waitForCutOff();
      await expect.poll(() => world.media.listParticipants(room)).toHaveLength(1);
      expect(await hers.news()).toEqual([]);
      await world.media.deleteRoom(room);
      await expect(world.join(pass)).rejects.toThrow();
    });

    test('a server that is down answers nothing within two seconds, and comes back with no rooms', async () => {
      const room = await makeRoom();
      await world.goDown();
      const startedAt = Date.now();
      const { media } = world;
      const asked = [
        () => media.createRoom(room),
        () => media.deleteRoom(room),
        () => media.listRooms('parley_'),
        () => media.findRooms([room]),
        () => media.listParticipants(room),
        () => media.removeParticipant(room, alice),
        () => media.permit(room, alice, { publish: true, subscribe: true }),
      ].map((ask) => expect(ask()).rejects.toThrow(MediaUnavailable));
      await Promise.all(asked);
      expect(await media.ping()).toBe(false);
      expect(Date.now() - startedAt).toBeLessThan(4500);

      await world.comeBack();
      expect(await media.ping()).toBe(true);
      expect(await media.listRooms('parley_')).toEqual([]);
    });
  });
}
