import { useText } from '../../_language/text-provider';
import { Button } from '../../_ui/button';
import { Notice } from '../../_ui/notice';

function LostPart({ retry }: { retry: () => void }) {
  const t = useText();
  return (
    <Notice title={t('ui.partFailed')} detail={t('ui.ourSide')}>
      <Button onClick={retry}>{t('ui.tryAgain')}</Button>
    </Notice>
  );
}

/** Stands in for a part of the page that threw twice; the rest of the page, and a call, go on. */
export const showLostPart = (retry: () => void) => <LostPart retry={retry} />;
