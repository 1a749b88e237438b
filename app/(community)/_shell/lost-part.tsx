import { Button } from '../../_ui/button';
import { Notice } from '../../_ui/notice';

/** Stands in for a part of the page that threw twice; the rest of the page, and a call, go on. */
export const showLostPart = (retry: () => void) => (
  <Notice title="This part can’t be shown" detail="Something went wrong on our side.">
    <Button onClick={retry}>Try again</Button>
  </Notice>
);
