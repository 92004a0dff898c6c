import { CloseButton } from '@mantine/core';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './dialog.module.css';

/**
 * The browser's own modal dialog: it keeps the focus inside, closes by Escape, and gives the focus back. It begins at
 * what says `data-autofocus`, else where the browser does.
 */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (dialog.current?.open !== false) return;
    dialog.current.showModal();
    dialog.current.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose} role="dialog">
      <header className={styles.head}>
        <h2 id={id}>{title}</h2>
        <CloseButton onClick={onClose} aria-label={t('close')} />
      </header>
      {children}
    </dialog>
  );
}
