import { CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MacroActions } from '../api/types.ts';
import { type MacroAction, useActionsText } from './actions-text.ts';
import styles from './macros.module.css';

/** What will be done with the sending, each of which can be taken back before it. */
export function PendingActions({
  actions,
  onRemove,
}: {
  actions: MacroActions;
  onRemove: (name: MacroAction) => void;
}) {
  const { t } = useTranslation('macros');
  const texts = useActionsText()(actions);
  return (
    <ul className={styles.pending} aria-label={t('pending')}>
      {texts.map(({ name, text }) => (
        <li key={name}>
          <span>{text}</span>
          <CloseButton size="xs" aria-label={t('without', { action: text })} onClick={() => onRemove(name)} />
        </li>
      ))}
    </ul>
  );
}
