/** Parts of calls that an app may do without; one that is `false` is left out everywhere at once. */
export type CallFeatures = {
  /** Sending a camera: its control, its choice, its preview and the background blur. Others' cameras are shown. */
  camera: boolean;
  /** Sharing a screen. Others' screens are shown. */
  screenShare: boolean;
  /** The app's messages beside a call in the full window. */
  chat: boolean;
  /** The six reactions; raised hands stay. */
  reactions: boolean;
  /** Taking over a call that runs on another device or in another tab of this person. */
  moveHere: boolean;
};

export const allFeatures: CallFeatures = {
  camera: true,
  screenShare: true,
  chat: true,
  reactions: true,
  moveHere: true,
};
