'use client';

import { defaultLanguage, type Language } from '@/languages/languages';
import { lastWords } from '@/languages/last-words';

/** The language of the page that failed; the browser's, when the server sent none. */
function languageNow(): Language {
  if (typeof document === 'undefined') return defaultLanguage;
  const tag = document.documentElement.lang || navigator.language;
  const known = Object.keys(lastWords) as Language[];
  return known.find((language) => tag.startsWith(language)) ?? defaultLanguage;
}

export default function GlobalError({ reset }: { reset: () => void }) {
  const language = languageNow();
  const words = lastWords[language];
  return (
    <html lang={language}>
      <body style={{ font: '16px system-ui', padding: 32 }}>
        <title>Parley</title>
        <h1 style={{ fontSize: 20 }}>{words.title}</h1>
        <p>{words.detail}</p>
        <button type="button" onClick={reset}>
          {words.tryAgain}
        </button>
      </body>
    </html>
  );
}
