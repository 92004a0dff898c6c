import { Alert, Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../api/client.ts';
import { Dialog } from '../../shell/dialog.tsx';
import styles from './ui.module.css';

interface ConfirmProps {
  /** Of the button that asks, and of the one that does it. */
  readonly label: string;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  readonly action: {
    readonly mutate: (variables: undefined, callbacks: { onSuccess: () => void }) => void;
    readonly reset: () => void;
    readonly isPending: boolean;
    readonly error: Error | null;
  };
  readonly onDone?: () => void;
  readonly danger?: boolean;
  readonly size?: 'compact-xs' | 'xs' | 'sm';
  /** Where the button's own words would not say which one of many is meant. */
  readonly ariaLabel?: string;
}

/** A button for what cannot be taken back, such as deleting: it says what will happen, and asks. */
export function Confirm({
  label,
  title,
  children,
  action,
  onDone,
  danger = true,
  size = 'xs',
  ariaLabel,
}: ConfirmProps) {
  const { t } = useTranslation('admin');
  const [asking, setAsking] = useState(false);
  const close = (): void => {
    setAsking(false);
    action.reset();
  };
  const done = (): void => {
    setAsking(false);
    onDone?.();
  };
  return (
    <>
      <Button variant="default" size={size} onClick={() => setAsking(true)} aria-label={ariaLabel}>
        {label}
      </Button>
      {asking && (
        <Dialog title={title} onClose={close}>
          {children}
          {action.error !== null && (
            <Alert color="red" role="alert" py="xs">
              {problemText(action.error)}
            </Alert>
          )}
          <div className={styles.actions}>
            <Button variant="default" onClick={close}>
              {t('form.cancel')}
            </Button>
            <Button
              {...(danger && { color: 'red.9' })}
              loading={action.isPending}
              onClick={() => action.mutate(undefined, { onSuccess: done })}
            >
              {label}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
