import { Alert, Button, Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../api/field-errors.ts';
import { useMay } from '../api/session.ts';
import type { View } from '../api/types.ts';
import { useViewChange } from '../api/views.ts';
import { Dialog } from '../shell/dialog.tsx';
import styles from './views.module.css';

/** The saved views, to be renamed, put in order, shared and deleted; what is everybody's by those who may. */
export function ManageDialog({ views, onClose }: { views: readonly View[]; onClose: () => void }) {
  const { t } = useTranslation('views');
  const mayShare = useMay('configure');
  const groups = [
    { key: 'everybodys', views: views.filter(({ shared }) => shared), mayChange: mayShare },
    { key: 'own', views: views.filter(({ shared }) => !shared), mayChange: true },
  ] as const;
  return (
    <Dialog title={t('manage')} onClose={onClose}>
      {groups.map(
        ({ key, views, mayChange }) =>
          views.length > 0 && (
            <section key={key} aria-labelledby={`views-${key}`}>
              <h3 id={`views-${key}`} className={styles.group}>
                {t(key)}
              </h3>
              {!mayChange && <p className={styles.hint}>{t('notYours')}</p>}
              <ul className={styles.views}>
                {views.map((view) => (
                  <li key={view.id}>
                    {mayChange ? <Editor view={view} last={view.position === views.length - 1} /> : view.name}
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </Dialog>
  );
}

function Editor({ view, last }: { view: View; last: boolean }) {
  const { t } = useTranslation('views');
  const mayShare = useMay('configure');
  const change = useViewChange();
  const [name, setName] = useState(view.name);
  const [sure, setSure] = useState(false);
  const { id, position } = view;
  const { of, whole } = fieldErrors(change.error, ['name']);
  const rename = (): void => {
    if (name.trim() === '') setName(view.name);
    else if (name.trim() !== view.name) change.mutate({ id, patch: { name: name.trim() } });
  };
  const move = (by: 1 | -1): void => change.mutate({ id, patch: { position: position + by } });
  return (
    <div className={styles.view} role="group" aria-label={view.name}>
      <TextInput
        size="xs"
        aria-label={t('name')}
        maxLength={100}
        value={name}
        error={of('name')}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={rename}
        onKeyDown={(event) => {
          if (event.key === 'Enter') rename();
        }}
      />
      <Button variant="default" aria-label={t('earlier')} disabled={position === 0} onClick={() => move(-1)}>
        ↑
      </Button>
      <Button variant="default" aria-label={t('later')} disabled={last} onClick={() => move(1)}>
        ↓
      </Button>
      <Button
        variant={sure ? 'filled' : 'default'}
        color="red"
        onBlur={() => setSure(false)}
        onClick={() => (sure ? change.mutate({ id, remove: true }) : setSure(true))}
      >
        {t(sure ? 'reallyDelete' : 'delete')}
      </Button>
      {mayShare && (
        <Checkbox
          size="xs"
          label={t('shared')}
          checked={view.shared}
          onChange={(event) => change.mutate({ id, patch: { shared: event.currentTarget.checked } })}
        />
      )}
      {whole !== undefined && (
        <Alert color="red" role="alert" py="xs">
          {whole}
        </Alert>
      )}
    </div>
  );
}
