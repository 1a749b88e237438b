import type { CallClient } from './client';

/**
 * Parts of calls that an app may do without; one that is `false` is left out everywhere at once, and so is one whose
 * commands the `CallClient` does not have.
 *
 * @example
 * const voiceOnly: Partial<CallFeatures> = { camera: false, screenShare: false };
 * <CallProvider {...props} features={voiceOnly} />
 */
export type CallFeatures = {
  /** Sending a camera: its control, its choice, its preview and the background blur. Others' cameras are shown. */
  camera: boolean;
  /** Sharing a screen. Others' screens are shown. */
  screenShare: boolean;
  /** The app's messages beside a call in the full window. */
  chat: boolean;
  /** The six reactions. Needs `react`. */
  reactions: boolean;
  /** Raising one's hand. Others' hands are shown. Needs `raiseHand`. */
  hands: boolean;
  /** Declining with a message. Needs `reply`. */
  replies: boolean;
  /** Replies that promise to call back, of which the server reminds. Needs `reply`. */
  callBacks: boolean;
  /** Ringing members of the conversation into the call, for the first time or again. Needs `ring`. */
  ringMembers: boolean;
  /** The search for why one participant does not hear another. Needs `askReception` and `reportReception`. */
  soundCheck: boolean;
  /** Taking over a call that runs on another device or in another tab of this person. Needs `move`. */
  moveHere: boolean;
};

/** Which command of the client a feature is made of. */
const commands: { [Feature in keyof CallFeatures]?: readonly (keyof CallClient)[] } = {
  reactions: ['react'],
  hands: ['raiseHand'],
  replies: ['reply'],
  callBacks: ['reply'],
  ringMembers: ['ring'],
  soundCheck: ['askReception', 'reportReception'],
  moveHere: ['move'],
};

const all: CallFeatures = {
  camera: true,
  screenShare: true,
  chat: true,
  reactions: true,
  hands: true,
  replies: true,
  callBacks: true,
  ringMembers: true,
  soundCheck: true,
  moveHere: true,
};

/** What the app wants and its client can do. */
export function featuresOf(client: CallClient, wanted: Partial<CallFeatures> = {}): CallFeatures {
  const features = { ...all, ...wanted };
  for (const feature of Object.keys(all) as (keyof CallFeatures)[])
    features[feature] &&= (commands[feature] ?? []).every((command) => client[command] !== undefined);
  features.callBacks &&= features.replies;
  return features;
}
