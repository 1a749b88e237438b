import type { Metadata } from 'next';
import { readText } from '../../_language/read-language';
import { NewPasswordForm } from './new-password-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await readText())('page.newPassword') };
}

export default async function NewPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ link?: string | string[] }>;
}) {
  const { link } = await searchParams;
  return <NewPasswordForm token={typeof link === 'string' ? link : ''} />;
}
