import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { readPageViewer } from '../../page-viewer';
import { readWelcome } from '../welcome';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in · Parley' };

export default async function LoginPage() {
  if (await readPageViewer()) redirect('/messages');
  return <SignInForm welcome={await readWelcome()} />;
}
