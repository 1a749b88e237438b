let last: string | null = null;

/** The conversation that was open last in this page. */
export const lastOpened = (): string | null => last;
export function rememberOpened(conversationId: string): void {
  last = conversationId;
}
