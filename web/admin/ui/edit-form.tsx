import { Alert, Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ui.module.css';

interface EditFormProps {
  readonly children: ReactNode;
  readonly onSave: () => void;
  /** Whether there is anything to save: leaving then asks first. */
  readonly dirty: boolean;
  readonly pending: boolean;
  /** Said until the next change. */
  readonly saved: boolean;
  /** Of the whole, see `fieldErrors`. */
  readonly error: string | null;
  readonly saveLabel?: string;
  /** Beside the button that saves. */
  readonly actions?: ReactNode;
}

/** A form that is saved as a whole. */
export function EditForm({ children, onSave, dirty, pending, saved, error, saveLabel, actions }: EditFormProps) {
  const { t } = useTranslation('admin');
  const leaving = t('form.leave');
  useBlocker({
    shouldBlockFn: () => dirty && !pending && !window.confirm(leaving),
    enableBeforeUnload: () => dirty,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      {children}
      <div className={styles.bar}>
        {error !== null && (
          <Alert color="red" role="alert" py="xs" w="100%">
            {error}
          </Alert>
        )}
        <Button type="submit" size="sm" loading={pending} disabled={!dirty}>
          {saveLabel ?? t('form.save')}
        </Button>
        {actions}
        <span role="status">{saved && !dirty && t('form.saved')}</span>
      </div>
    </form>
  );
}

/** A part of a form, or of a page, under a heading of its own. */
export function Section({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      {children}
    </section>
  );
}

/** Fields side by side, as many as there is room for. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={styles.fields}>{children}</div>;
}

/** Of a group of fields, such as a list. */
export function FieldError({ children }: { children: string | undefined }) {
  return children === undefined ? null : (
    <p className={styles.fieldError} role="alert">
      {children}
    </p>
  );
}
