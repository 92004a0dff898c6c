import { Button, CloseButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../api/people.ts';
import { Failures } from '../queue/failures.tsx';
import type { Assigning } from '../queue/use-assign.ts';
import styles from './agents.module.css';

/** What was just assigned, and the way back. It stays until it is dismissed: nobody has to be quick. */
export function AssignedNotice({ assigning }: { assigning: Assigning }) {
  const { t } = useTranslation(['agents', 'desk']);
  const { userName } = usePeople();
  const { last, pending, undo, dismiss } = assigning;
  if (last === null) return null;
  const { to, undone, failures } = last;
  const count = last.tickets.length;
  const text = undone
    ? t('undone', { count })
    : to === null
      ? t('taken', { count })
      : t('assigned', { count, name: userName(to) });
  return (
    <div className={styles.notice} role="region" aria-label={t('notice')}>
      <p role="status">{count === 0 && failures.length === 0 ? t('unchanged') : text}</p>
      {!undone && count > 0 && (
        <Button variant="default" loading={pending} onClick={undo}>
          {t('undo')}
        </Button>
      )}
      <CloseButton size="sm" onClick={dismiss} aria-label={t('desk:close')} />
      <Failures failures={failures} />
    </div>
  );
}
