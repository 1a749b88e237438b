import { faultText } from '../media/device-problem';
import type { NoticeSubject } from '../view-models';
import type { FirstWords } from '../words/ready-words';

/** A notice in words: what it says, and what its button is called; null where nothing can be done about it. */
export type NoticeWords = { text: string; action: string | null };

/** Makes a notice into words. */
export function noticeWords(notice: NoticeSubject, words: FirstWords): NoticeWords {
  const say = words.notices;
  switch (notice.id) {
    case 'no_connection':
      return { text: say.noConnection, action: null };
    case 'reconnecting': {
      const { name } = notice;
      return { text: name === null ? say.reconnectingGroup : say.reconnecting({ name }), action: null };
    }
    case 'sound_blocked':
      return { text: say.soundBlocked, action: say.turnSoundOn };
    case 'microphone_blocked':
      return aboutMicrophone(notice, say);
    case 'device_lost':
      return aboutDevice(notice, say);
    case 'no_blur':
      return {
        text: `${words.devices.blur[notice.problem]} ${say.cameraIsOff}`,
        action: say.withoutBlur,
      };
    case 'muted_by_move':
      return { text: say.mutedByMove, action: say.unmute };
    case 'talking_while_muted':
      return notice.isPushToTalk
        ? { text: say.holdYourKey, action: null }
        : { text: say.muted, action: say.unmute };
    case 'screen_ended':
      return { text: say.screenEnded[notice.reason], action: say.shareAgain };
    case 'other':
      return { text: faultText(notice.device, notice.problem, words), action: null };
  }
}

function aboutMicrophone(
  { problem, name }: Extract<NoticeSubject, { id: 'microphone_blocked' }>,
  say: FirstWords['notices'],
): NoticeWords {
  const unheard = name === null ? say.unheardGroup : say.unheard({ name });
  const actions = { refused: say.allowMicrophone, missing: say.tryAgain, busy: say.tryAgain, insecure: null };
  return { text: `${say.microphone[problem]} ${unheard}`, action: actions[problem] };
}

function aboutDevice(
  { device, what, label }: Extract<NoticeSubject, { id: 'device_lost' }>,
  say: FirstWords['notices'],
): NoticeWords {
  const isCamera = device === 'camera';
  switch (what) {
    case 'lost':
      return { text: isCamera ? say.lostCamera : say.lostMicrophone, action: say.useAnother };
    case 'replaced':
      return { text: isCamera ? say.replacedCamera : say.replacedMicrophone, action: null };
    case 'added':
      return { text: label ? say.added({ name: label }) : say.addedMicrophone, action: say.useIt };
  }
}
