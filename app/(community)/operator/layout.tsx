import type { ReactNode } from 'react';
import { Texts } from '../../_language/texts';

export default function OperatorLayout({ children }: { children: ReactNode }) {
  return <Texts of={['operator']}>{children}</Texts>;
}
