import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readText } from '../../_language/read-language';
import { readPageViewer } from '../../page-viewer';
import { readWelcome } from '../welcome';
import { RegisterForm } from './register-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readText())('page.register') };
}

export default async function RegisterPage({
  searchParams,
}: {
  searchParams: Promise<{ invite?: string | string[] }>;
}) {
  if (await readPageViewer()) redirect('/messages');
  const { invite } = await searchParams;
  return <RegisterForm welcome={await readWelcome()} invite={typeof invite === 'string' ? invite : null} />;
}
