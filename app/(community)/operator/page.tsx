import { notFound } from 'next/navigation';
import { deps } from '@/lib/deps';
import { readOperatorView } from '@/lib/operator/read-operator-view';
import { readPageViewer } from '../../page-viewer';
import { OperatorScreen } from './operator-screen';

/** For operators; for everybody else this page does not exist. */
export default async function OperatorPage() {
  const viewer = await readPageViewer();
  if (!viewer?.isOperator) notFound();
  return <OperatorScreen given={await readOperatorView(deps(), viewer.userId)} />;
}
