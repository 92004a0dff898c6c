import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './queue.module.css';
import type { Failure } from './run-all.ts';

/** Which tickets were not changed, and why. */
export function Failures({ failures }: { failures: readonly Failure[] }) {
  const { t } = useTranslation();
  if (failures.length === 0) return null;
  return (
    <Alert color="red" role="alert" title={t('bulk.failed', { count: failures.length })} className={styles.failures}>
      <ul>
        {failures.map(({ id, reference, why }) => (
          <li key={id}>
            {reference}: {why}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
