import { readText } from './_language/read-language';
import { Notice } from './_ui/notice';
import ui from './_ui/ui.module.css';

export default async function NotFound() {
  const t = await readText();
  return (
    <main>
      <Notice title={t('ui.nothingHere')} detail={t('ui.noSuchPage')} isPage>
        <a className={`${ui.btn} ${ui.primary}`} href="/messages">
          {t('ui.toMessages')}
        </a>
      </Notice>
    </main>
  );
}
