import type { MetadataRoute } from 'next';
import { readLanguage, readText } from './_language/read-language';

export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const [t, { tag, direction }] = await Promise.all([readText(), readLanguage()]);
  return {
    name: 'Parley',
    short_name: 'Parley',
    description: t('page.description'),
    lang: tag,
    dir: direction,
    start_url: '/messages',
    display: 'standalone',
    background_color: '#1c1b21',
    theme_color: '#121116',
    shortcuts: [
      { name: t('shell.calls'), url: '/calls' },
      { name: t('shell.newConversation'), url: '/messages#new' },
    ],
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
