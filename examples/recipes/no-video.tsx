import { CallOverlay, CallProvider, type CallProviderProps, CallScreen } from '@parley/call-kit';

const voiceOnly = { camera: false, screenShare: false };

/** Calls that are heard: no camera, no shared screen, and no device, shortcut or setting for them. */
export function App({ conversationId, ...props }: CallProviderProps & { conversationId: string }) {
  return (
    <CallProvider {...props} features={voiceOnly}>
      {props.children}
      <CallScreen conversationId={conversationId} />
      <CallOverlay />
    </CallProvider>
  );
}
