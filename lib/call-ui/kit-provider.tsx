'use client';

import type { Person } from '@parley/call-protocol';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { afterPaint } from './after-paint';
import { createAttention } from './attention';
import type { CallEvent } from './call-event';
import type { CallClient } from './client';
import { takeClientId } from './client-id';
import { createCallController } from './controller/call-controller';
import type { KitParts } from './controller/kit';
import type { ResolvePerson } from './controller/owners/people';
import { ControllerContext } from './controller-context';
import type { EventFeed } from './events/event-feed';
import { type CallFeatures, featuresOf } from './features';
import { isNarrowNow } from './hooks/use-is-narrow';
import type { MediaLoader } from './media/media-types';
import { requestMicrophone } from './media/request-microphone';
import { type NotifyWhileAway, showWhileAway } from './notify-while-away';
import { readPreferences } from './preferences';
import { createCallSound } from './sound/call-sound';
import { type CallWords, readyWords } from './words/ready-words';
import { WordsContext } from './words/words-context';

/** Where calls come from, and who is signed in. */
export type KitProviderProps = {
  /** Commands: `createCallClient()`, or an object of the same type. Kept from the first rendering. */
  client: CallClient;
  /** Events: `createEventSource()`, or an object of the same type. Kept from the first rendering. */
  events: EventFeed;
  /** Who is signed in here. */
  self: Person;
  /**
   * Names people whom the transport sends as ids only. Until it has answered, and where it fails, they are "Someone".
   * Default: none, for a transport that sends people whole, as Parley's does.
   */
  resolvePerson?: ResolvePerson | undefined;
  /** What calls do without: `{ camera: false }`. Default: nothing. Kept from the first rendering. */
  features?: Partial<CallFeatures>;
  /**
   * Every word that the kit shows, in the language of the page; another catalogue changes them at once. Default: English.
   * `@parley/call-kit/words` has those that there are.
   */
  words?: CallWords | undefined;
  /** Called with what happens in calls. */
  onCallEvent?: (event: CallEvent) => void;
  /** Shows a conversation: called when a call is entered from somewhere else. Default: nothing. */
  openConversation?: (conversationId: string) => void;
  /**
   * Shows the system notification of a ring while this page is not in front, for an app whose service worker shows rings,
   * too. Default: `showWhileAway`.
   */
  notifyOfRing?: NotifyWhileAway;
  /** Where the media comes from. Default: LiveKit, loaded when a call comes near. */
  loadMedia?: MediaLoader;
  /** Replaces the browser's microphone, sounds and the like; for tests and for other shells. */
  environment?: Partial<
    Pick<KitParts, 'afterPaint' | 'requestMicrophone' | 'takeClientId' | 'makeSound' | 'makeAttention'>
  >;
  children: ReactNode;
};

/** The media that a call has by default. */
export const loadLiveKit = Object.assign(() => import('./media/call-room'), {
  preconnects: true,
}) satisfies MediaLoader;

/** Holds the calls of one signed-in person; each entry gives it its own way to load what only a call needs. */
export function KitProvider(props: KitProviderProps & Pick<KitParts, 'loadInCall'>) {
  // What the app passes anew with every rendering is read when it is needed.
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const [controller] = useState(() =>
    createCallController({
      client: props.client,
      events: props.events,
      self: props.self,
      resolver: () => latest.current.resolvePerson,
      features: featuresOf(props.client, props.features),
      loadMedia: props.loadMedia ?? loadLiveKit,
      loadInCall: props.loadInCall,
      requestMicrophone: () => requestMicrophone(readPreferences()),
      takeClientId: () => takeClientId(),
      makeSound: () => createCallSound(),
      makeAttention: () =>
        createAttention((...ring) => (latest.current.notifyOfRing ?? showWhileAway)(...ring)),
      isNarrow: isNarrowNow,
      afterPaint,
      ...props.environment,
      onCallEvent: (event) => {
        try {
          latest.current.onCallEvent?.(event);
        } catch (error) {
          // An error in the app's handler must not break the call.
          reportError(error);
        }
      },
      openConversation: (id) => latest.current.openConversation?.(id),
    }),
  );
  const words = props.words ? readyWords(props.words) : null;
  // Before the browser paints, so that no placeholder is seen in the language before.
  useLayoutEffect(() => controller.kit.language.setWords(words), [controller, words]);
  useEffect(() => controller.run(), [controller]);
  return (
    <WordsContext.Provider value={words}>
      <ControllerContext.Provider value={controller}>{props.children}</ControllerContext.Provider>
    </WordsContext.Provider>
  );
}
