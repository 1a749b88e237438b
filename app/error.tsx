'use client';

import { useText } from './_language/text-provider';
import { Button } from './_ui/button';
import { Notice } from './_ui/notice';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const t = useText();
  return (
    <Notice title={t('ui.pageFailed')} detail={t('ui.ourSide')} isPage>
      <Button onClick={reset}>{t('ui.tryAgain')}</Button>
    </Notice>
  );
}
