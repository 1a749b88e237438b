const drafts = new Map<string, string>();
const listeners = new Set<() => void>();
let last: string | null = null;

/** What was typed and not sent, kept while the page lives. */
export const readDraft = (conversationId: string): string => drafts.get(conversationId) ?? '';
export function keepDraft(conversationId: string, text: string): void {
  if (text === '') drafts.delete(conversationId);
  else drafts.set(conversationId, text);
  for (const listener of listeners) listener();
}

/** Told of every change, as two composers of one conversation may stand in the page. */
export function onDrafts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The conversation that was open last in this page. */
export const lastOpened = (): string | null => last;
export function rememberOpened(conversationId: string): void {
  last = conversationId;
}
