import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readText } from '../../_language/read-language';
import { readPageViewer } from '../../page-viewer';
import { readWelcome } from '../welcome';
import { SignInForm } from './sign-in-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readText())('page.signIn') };
}

export default async function LoginPage() {
  if (await readPageViewer()) redirect('/messages');
  return <SignInForm welcome={await readWelcome()} />;
}
