import { type CallWords, english, german, pseudoWords, readyWords, type Words } from '@parley/call-kit/words';
import { stateText } from '@/lib/call-ui/controller/describe-call';
import { arabic } from '@/lib/call-ui/words/ar';
import type { StageScene } from './stage-scenes';

const languages: Record<string, CallWords> = {
  de: german,
  ar: arabic,
  pseudo: pseudoWords(english),
};

/** The words that a scene is shown with. Default: English. */
export const wordsNamed = (name: string | null): Words => readyWords(languages[name ?? ''] ?? english);

/** A scene with the words that hooks would have put into its data. */
export function sceneIn(words: Words, { call, people, ...scene }: StageScene): StageScene {
  return {
    ...scene,
    call: { ...call, stateText: words.call.with({ names: call.title }) },
    people: people.map((who) => ({ ...who, stateText: who.isSelf ? '' : stateText(who.state, words) })),
  };
}
