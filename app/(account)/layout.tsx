import type { ReactNode } from 'react';
import { Texts } from '../_language/texts';
import { Mark } from '../_ui/mark';
import css from './account.module.css';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.brand}>
        <Mark size={44} />
        Parley
      </div>
      <Texts of={['account']}>{children}</Texts>
    </main>
  );
}
