import type { ReactNode } from 'react';
import favicon from '../favicon.svg';
import { PageTitle } from '../shell/page-title.tsx';
import styles from './outside.module.css';

/** The frame of pages for those who are not signed in yet. */
export function Outside({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <p className={styles.brand}>
          <img src={favicon} width={24} height={24} alt="" /> Vigil
        </p>
        <PageTitle title={title} />
        {children}
      </div>
    </main>
  );
}
