import { CallButton, CallOverlay, CallProvider, type CallProviderProps } from '@parley/call-kit';
import { type CallWords, english, german } from '@parley/call-kit/words';

/** English with a word of the app's own. */
const ours: CallWords = { ...english, start: { ...english.start, call: 'Ring' } };

type CallsProps = Pick<CallProviderProps, 'client' | 'events' | 'self' | 'environment'> & {
  language: 'en' | 'de';
};

/** Another language changes every word at once; a running call stays as it is. */
export function Calls({ language, ...props }: CallsProps) {
  return (
    <CallProvider {...props} words={language === 'de' ? german : ours}>
      <CallButton target={{ userId: 'user_bob' }} />
      <CallOverlay />
    </CallProvider>
  );
}
