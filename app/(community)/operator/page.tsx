import { notFound } from 'next/navigation';
import { deps } from '@/lib/deps';
import { readOperatorView } from '@/lib/operator/read-operator-view';
import { readPageViewer } from '../../page-viewer';
import { OperatorScreen } from './operator-screen';

/** The operator's page; 404 for everyone else. */
export default async function OperatorPage() {
  const viewer = await readPageViewer();
  if (!viewer?.isOperator) notFound();
  return <OperatorScreen given={await readOperatorView(deps(), viewer.userId)} />;
}
