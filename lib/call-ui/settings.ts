/** What only a page of settings needs: an entry of its own, so that no other page loads it. */
export { type PushToTalkState, usePushToTalk } from './hooks/use-push-to-talk';
