import { createContext, use } from 'react';

/** A person of the garden as its pages know them. */
export type Gardener = {
  id: string;
  name: string;
  plot: number;
  grows: string;
  /** The person's id in calls. */
  callId: string | null;
};

/** `me` is null while the page is not signed in. */
export type Garden = { me: string | null; people: Gardener[] };

export const readGarden = (): Promise<Garden> => fetch('/garden/people').then((answer) => answer.json());

/** @returns a sentence when it did not work, else null */
export async function post(path: string, body: object = {}): Promise<string | null> {
  const answer = await fetch(`/garden/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.ok ? null : (await answer.json()).error;
}

export const PeopleContext = createContext<readonly Gardener[]>([]);

/** The garden's own person behind an id that calls use. */
export const useGardener = (callId: string | undefined): Gardener | undefined =>
  use(PeopleContext).find((person) => person.callId === callId);
