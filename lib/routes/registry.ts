import 'server-only';
import type { Routes } from '@/lib/http/find-route';
import { callRoutes } from './calls';
import { conversationRoutes } from './conversations';
import { eventRoutes } from './events';
import { livekitRoutes } from './livekit';
import { meRoutes } from './me';
import { monitoringRoutes } from './monitoring';
import { operatorRoutes } from './operator';
import { pushRoutes } from './push';
import { userRoutes } from './users';

/**
 * Every route of the API but next-auth's (app/api/auth): the server serves these, and tests go through them for who
 * may use them.
 */
export const routes = {
  ...callRoutes,
  ...conversationRoutes,
  ...eventRoutes,
  ...livekitRoutes,
  ...meRoutes,
  ...monitoringRoutes,
  ...operatorRoutes,
  ...pushRoutes,
  ...userRoutes,
} satisfies Routes;
