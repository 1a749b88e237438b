import type { FirstWords } from '../words/ready-words';
import type { Refusal } from './owners/cards';

/**
 * Words for a refused request, by the code of its error; the server's own where the code says too little. The detail is
 * empty where the title says everything.
 */
export function refusalWords(refusal: Refusal, words: FirstWords): { title: string; detail: string } {
  const { title, detail } = describe(refusal, words.refusal);
  return { title, detail: detail === title ? '' : detail };
}

function describe({ error, start }: Refusal, say: FirstWords['refusal']) {
  if (error === 'speaker') return { title: say.speaker, detail: say.speakerDetail };
  const { code, title, detail, retryAfterSeconds } = error;
  switch (code) {
    case 'not_allowed':
      if (!start) return { title: say.not_allowed, detail };
      return {
        title: say.not_allowed,
        detail: start.kind === 'group' ? say.cannotCallGroup : say.cannotCall({ name: start.title }),
      };
    case 'rate_limited':
      return {
        title: say.rate_limited,
        detail: retryAfterSeconds === null ? detail : say.retryIn({ count: retryAfterSeconds }),
      };
    case 'already_in_call':
    case 'call_ended':
    case 'unauthenticated':
      return { title: say[code], detail: '' };
    case 'media_unavailable':
      return { title: say.media_unavailable, detail: say.mediaUnavailableDetail };
    case 'busy':
      return { title: say.busy, detail: say.busyDetail };
    case 'network':
      return { title: say.network, detail: say.networkDetail };
    case 'internal':
      return { title: say.internal, detail: say.notSetUp };
    case 'not_found':
      return { title: say.not_found, detail };
    default:
      return { title, detail };
  }
}
