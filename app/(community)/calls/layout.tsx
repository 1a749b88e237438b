import type { ReactNode } from 'react';
import { Texts } from '../../_language/texts';

export default function CallsLayout({ children }: { children: ReactNode }) {
  return <Texts of={['calls']}>{children}</Texts>;
}
