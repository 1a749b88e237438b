import 'server-only';
import type { Routes } from '@/lib/http/find-route';
import { callRoutes } from './calls';
import { conversationRoutes } from './conversations';
import { meRoutes } from './me';
import { operatorRoutes } from './operator';
import { serviceRoutes } from './service';
import { userRoutes } from './users';

/**
 * Every route of the API but next-auth's (app/api/auth): the server serves these, and tests go through them for who
 * may use them.
 */
export const routes = {
  ...callRoutes,
  ...conversationRoutes,
  ...meRoutes,
  ...operatorRoutes,
  ...serviceRoutes,
  ...userRoutes,
} satisfies Routes;
