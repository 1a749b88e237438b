import type { UserView } from '@parley/call-protocol';

/** Those who are here, and those who are not. */
export const byPresence = (users: readonly UserView[]) => ({
  here: users.filter((user) => user.presence !== 'offline'),
  away: users.filter((user) => user.presence === 'offline'),
});
