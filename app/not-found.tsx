import { Notice } from './_ui/notice';
import ui from './_ui/ui.module.css';

export default function NotFound() {
  return (
    <main>
      <Notice title="Nothing here" detail="This page does not exist, or you can’t see it." isPage>
        <a className={`${ui.btn} ${ui.primary}`} href="/messages">
          Go to messages
        </a>
      </Notice>
    </main>
  );
}
