import { CallOverlay, CallProvider, type CallProviderProps, type IncomingCallProps } from '@parley/call-kit';

function MyIncomingCall({ caller, groupTitle, acceptProps, declineProps }: IncomingCallProps) {
  return (
    <div role="alertdialog" aria-label={`${caller.displayName} would like to talk`}>
      <p>{groupTitle ?? 'Just you two'}</p>
      <button {...acceptProps}>Answer</button>
      <button {...declineProps}>Not now</button>
    </div>
  );
}

export function App(props: Pick<CallProviderProps, 'client' | 'events' | 'self' | 'environment'>) {
  return (
    <CallProvider {...props} components={{ IncomingCall: MyIncomingCall }}>
      <CallOverlay />
    </CallProvider>
  );
}
