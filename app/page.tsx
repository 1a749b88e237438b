import { redirect } from 'next/navigation';
import { readPageViewer } from './page-viewer';

export default async function Home() {
  redirect((await readPageViewer()) ? '/messages' : '/login');
}
