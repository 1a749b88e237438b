import { type NoticeWords, noticeWords } from '../controller/notice-words';
import type { CallNotice } from '../view-models';
import { useFirstWords } from '../words/words-context';

/**
 * A notice of the call in the language of the page: its sentence, and the name of the button that acts on it.
 *
 * @example
 * const { text, action } = useNoticeWords(notice);
 * return <p>{text} {action && notice.act && <button onClick={notice.act}>{action}</button>}</p>;
 */
export function useNoticeWords(notice: CallNotice): NoticeWords {
  return noticeWords(notice, useFirstWords());
}
