import type { Metadata } from 'next';
import { NewPasswordForm } from './new-password-form';

export const metadata: Metadata = { title: 'New password · Parley' };

export default async function NewPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ link?: string | string[] }>;
}) {
  const { link } = await searchParams;
  return <NewPasswordForm token={typeof link === 'string' ? link : ''} />;
}
