import { CSPProvider } from '@base-ui/react/csp-provider';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { connection } from 'next/server';
import type { ReactNode } from 'react';
import './globals.css';
import { DirectionProvider } from '@base-ui/react/direction-provider';
import { readLanguage, readText } from './_language/read-language';
import { Texts } from './_language/texts';
import { themeScript } from './_ui/theme-script';

export async function generateMetadata(): Promise<Metadata> {
  const t = await readText();
  return {
    title: 'Parley',
    description: t('page.description'),
    applicationName: 'Parley',
    icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' }, apple: '/apple-touch-icon.png' },
    appleWebApp: { capable: true, title: 'Parley', statusBarStyle: 'default' },
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  interactiveWidget: 'resizes-content',
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#121116' },
    { media: '(prefers-color-scheme: light)', color: '#ece8ec' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // A page made at build time has no nonce, and then its scripts don't run.
  await connection();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const { tag, direction } = await readLanguage();
  return (
    <html lang={tag} dir={direction} data-theme="dark" suppressHydrationWarning>
      <head>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, with the page's nonce */}
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: themeScript }} />
      </head>
      <body>
        {/* Base UI would write style elements, which our content security policy refuses. */}
        <CSPProvider disableStyleElements>
          <DirectionProvider direction={direction}>
            <Texts of={['ui']}>{children}</Texts>
          </DirectionProvider>
        </CSPProvider>
      </body>
    </html>
  );
}
