import type { ReactNode } from 'react';
import { Mark } from '../_ui/mark';
import css from './account.module.css';

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <main className={css.page}>
      <div className={css.brand}>
        <Mark size={44} />
        Parley
      </div>
      {children}
    </main>
  );
}
