'use client';
import type { ReactNode } from 'react';
import type { CallEntry, Person } from '../../protocol';
import type { CallTarget } from '../client';
import type { CallButtonViewProps } from '../slots';

export type CallScreenProps = { conversationId: string };
export type CallMiniBarProps = { conversationId: string | null };
export type CallButtonProps = { target: CallTarget; look?: CallButtonViewProps['look']; people?: readonly Person[]; title?: string };
export type JoinCallButtonProps = { conversationId: string };
export type CallEntryLineProps = { entry: CallEntry; count: number; timeText: string; personOf: (id: string) => Person | null };
export function CallOverlay(): ReactNode { return null; }
export function CallScreen(_props: CallScreenProps): ReactNode { return null; }
export function CallMiniBar(_props: CallMiniBarProps): ReactNode { return null; }
export function CallButton(_props: CallButtonProps): ReactNode { return null; }
export function JoinCallButton(_props: JoinCallButtonProps): ReactNode { return null; }
export function CallEntryLine(_props: CallEntryLineProps): ReactNode { return null; }
