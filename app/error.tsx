'use client';

import { Button } from './_ui/button';
import { Notice } from './_ui/notice';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  return (
    <Notice title="This page didn’t load" detail="Something went wrong on our side." isPage>
      <Button onClick={reset}>Try again</Button>
    </Notice>
  );
}
