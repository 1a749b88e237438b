/** @typedef {{ name: string, file: string, find: string, put: string }} Mutant one planted fault */

/**
 * Plausible mistakes that would break a promise of docs/cases.md. `find`
 * must stand in the file exactly once.
 * @type {Mutant[]}
 */
export const mutants = [
  {
    name: 'a lost compare-and-set: a second tab’s accept takes the part over',
    file: 'lib/calls/model/entry-rules.ts',
    find: "if (part.clientId !== clientId) return refused('answered_elsewhere');",
    put: '',
  },
  {
    name: 'a swapped deadline: a ring runs for the rejoin time',
    file: 'lib/calls/model/entry-rules.ts',
    find: 'deadlineAt: now + times.ringTimeoutMs,',
    put: 'deadlineAt: now + times.rejoinTimeoutMs,',
  },
  {
    name: 'the same for a person who is rung again',
    file: 'lib/calls/model/ring-rules.ts',
    find: 'deadlineAt: now + times.ringTimeoutMs,',
    put: 'deadlineAt: now + times.rejoinTimeoutMs,',
  },
  {
    name: 'a membership that ends takes its counter along: who returns is sent views that look old',
    file: 'lib/conversations/end-memberships.ts',
    find: 'revision} + 1 + (',
    put: 'revision} + 1 + 0 * (',
  },
  {
    name: 'a dropped block check',
    file: 'lib/calls/model/may-ring.ts',
    find: '|| facts.isBlocked ||',
    put: '||',
  },
  {
    // Without the ledger of ids alone nothing goes wrong: whatever a repeat says is checked again.
    name: 'a webhook counted every time it comes, without asking LiveKit’s list',
    file: 'lib/calls/jobs/handle-media-event.ts',
    find: 'const present = await deps.media.listParticipants(event.room);',
    put: 'const present: MediaParticipant[] = await Promise.resolve([]);',
  },
  {
    name: 'a token minted after the cancel',
    file: 'lib/calls/commands/enter-call.ts',
    find: "if (view.holderClientId === null) throw new AppError('call_ended', 'server.youLeftCall', { call: view });",
    put: '',
  },
  {
    name: 'a second live call in a conversation',
    file: 'lib/calls/commands/plan-start.ts',
    find: "if (live) return { kind: 'join', live };",
    put: '',
  },
  {
    name: 'the rejoin time never runs out',
    file: 'lib/calls/model/media-rules.ts',
    find: 'const deadlineAt = now + times.rejoinTimeoutMs;',
    put: 'const deadlineAt = Number.MAX_SAFE_INTEGER;',
  },
  {
    name: 'rings go on after the end of their call',
    file: 'lib/calls/model/settle.ts',
    find: "(one.state === 'ringing' ? { ...one, state: 'cancelled' } : one)",
    put: 'one',
  },
  {
    name: 'missed and unreachable swapped',
    file: 'lib/calls/model/time-rules.ts',
    find: "one.isReached ? 'missed' : 'unreachable'",
    put: "one.isReached ? 'unreachable' : 'missed'",
  },
  {
    name: 'switching leaves the old call before it may enter the new one',
    file: 'lib/calls/commands/enter-call.ts',
    find: 'const entered = await orWithFinalView(deps, viewer, callId, () =>',
    put: `if (switchFrom)
    await inOneUnit(deps, touchedByEntry(viewer.userId, callId), (unit) => leaveOtherCall(unit, viewer.userId, callId, switchFrom));
  const entered = await orWithFinalView(deps, viewer, callId, () =>`,
  },
  {
    name: 'the reconciler lets anyone stay in the room',
    file: 'lib/calls/jobs/reconcile-calls.ts',
    find: 'present.filter(({ identity }) => !isEntitled(call, identity.userId, identity.clientId))',
    put: "present.filter(() => call.status === 'ended')",
  },
  {
    name: 'the stream never says that something is gone',
    file: 'lib/realtime/stream.ts',
    find: 'if (!this.noteShown(event.data)) return;',
    put: "if (!this.noteShown(event.data) || 'gone' in event.data) return;",
  },
  {
    name: 'the streams of one change are read for one after the other',
    file: 'lib/realtime/fan-out.ts',
    find: 'reads.want(streamsOf(message.who), message.what);',
    put: 'for (const stream of streamsOf(message.who)) reads.want([stream], message.what);',
  },
  {
    name: 'in a large community everyone is sent who comes and goes',
    file: 'lib/realtime/fan-out.ts',
    find: 'for (const [streams, ids] of lookers.wokenBy(users)) reads.want(streams, { users: ids });',
    put: 'reads.want(all(), { users });',
  },
  {
    name: 'who changes while a snapshot is read is not sent after it',
    file: 'lib/realtime/shared-reads.ts',
    find: 'if (users.length > 0) this.want([stream], { users });',
    put: '',
  },
  {
    name: 'a picture that another server is about to show is deleted as a stray',
    file: 'lib/users/stray-pictures.ts',
    find: "if (seenBefore === 'all' || seenBefore.has(name)) await",
    put: 'if (seenBefore) await',
  },
  {
    name: 'what is personal in a message is sent to everyone who reads it',
    file: 'lib/conversations/read-messages.ts',
    find: 'clientMessageId: isMine ? row.clientMessageId : null,',
    put: 'clientMessageId: row.clientMessageId,',
  },
  {
    name: 'a shared read of a call forgets to ask who may see it',
    file: 'lib/calls/reads/read-calls.ts',
    find: 'if (!memberIds.has(viewerId)) return null;',
    put: '',
  },
  {
    name: 'any tab’s leave ends the part of another',
    file: 'lib/calls/model/entry-rules.ts',
    find: 'if (!isInCall(part) || (clientId !== null && part.clientId !== clientId)) return unchanged;',
    put: 'if (!isInCall(part)) return unchanged;',
  },
  {
    name: 'news of an older connection counts for the newer one',
    file: 'lib/calls/model/media-rules.ts',
    find: 'if (known === null || (sid !== null && known !== sid)) return unchanged;',
    put: 'if (known === null) return unchanged;',
  },
  {
    name: 'a start goes through although it was left before',
    file: 'lib/calls/commands/remember-start.ts',
    find: "if (row?.isCancelled) throw new AppError('call_ended', 'server.youLeftCall');",
    put: '',
  },
  {
    name: 'a refused transaction keeps what it wrote',
    file: 'db/write-queue.ts',
    find: "connection.exec('ROLLBACK TO one');",
    put: '',
  },
  {
    name: 'a former member keeps ring and part after a crash of an older version',
    file: 'lib/calls/jobs/heal-calls.ts',
    find: '...(await findFormerMembers(deps)),',
    put: '',
  },
  {
    name: 'a consequence is written in a transaction after that of its cause',
    file: 'lib/calls/commands/block-user.ts',
    find: '    await endBetween(unit, blockerId, blockedId);\n    await forgetCallBack(unit, blockerId, blockedId);\n  });',
    put: '    await forgetCallBack(unit, blockerId, blockedId);\n  });\n  await inOneUnit(deps, touchedByBlock(blockerId, blockedId), (unit) => endBetween(unit, blockerId, blockedId));',
  },
  {
    name: 'a commit wakes no stream',
    file: 'lib/calls/unit-of-work.ts',
    find: 'await publishChanges(deps, changes);',
    put: '',
  },
  {
    name: 'LiveKit’s silence counts as people leaving',
    file: 'lib/calls/jobs/reconcile-calls.ts',
    find: "for (const call of live) await applyTrigger(deps, call.id, { type: 'media_lost' }, 'reconciler');",
    put: "for (const call of live) for (const { userId } of call.participations) await applyTrigger(deps, call.id, { type: 'leave', userId, clientId: null }, 'reconciler');",
  },
  {
    name: 'a stream that was cut long ago shortens the call of a participant who talked on',
    file: 'lib/calls/model/media-rules.ts',
    find: 'if (silentSince !== null && silentSince >= now - crashNoticedWithinMs) return within(silentSince);',
    put: 'if (silentSince !== null) return within(silentSince);',
  },
  {
    name: 'a move that came to nothing leaves the part with the sign-in of the new device',
    file: 'lib/calls/model/move-rules.ts',
    find: 'signInId: part.from.signInId ?? part.signInId',
    put: 'signInId: part.signInId',
  },
  {
    name: 'a stream that only blinked counts as a browser that died',
    file: 'lib/realtime/presence.ts',
    find: 'breakSilence(signInId);\n      wakeUp',
    put: 'wakeUp',
  },
  {
    name: 'a clock that was set back while the app was down lengthens what runs',
    file: 'lib/calls/model/time-rules.ts',
    find: 'if (at <= now + msFromNow) return at;',
    put: 'if (at !== null) return at;',
  },
  {
    name: 'a deadline that the database is not asked for',
    file: 'lib/calls/reads/read-deadlines.ts',
    find: 'or(isNotNull(participations.connectDeadlineAt), isNotNull(participations.rejoinDeadlineAt)),',
    put: 'isNotNull(participations.connectDeadlineAt),',
  },
  {
    name: 'a start enters a call that has ended',
    file: 'lib/calls/model/transition.ts',
    find: 'start: { none: start, live: joinStarted, ended: refuseEnded },',
    put: 'start: { none: start, live: joinStarted, ended: joinStarted },',
  },
  {
    name: 'the row of a move forgets the sign-in that it comes from',
    file: 'lib/calls/participation-row.ts',
    find: 'movingFromSignInId: from?.signInId ?? null,',
    put: 'movingFromSignInId: null,',
  },
];
