import { Alert, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldErrors } from '../api/field-errors.ts';
import { useMay } from '../api/session.ts';
import type { NewView, View } from '../api/types.ts';
import { useViewChange } from '../api/views.ts';
import type { QueueSearch } from '../queue/search.ts';
import { Dialog } from '../shell/dialog.tsx';
import styles from './views.module.css';

interface SaveDialogProps {
  readonly search: QueueSearch;
  readonly views: readonly View[];
  readonly onClose: () => void;
}

/** Gives what is asked for a name, or makes it the question of a view that there is. */
export function SaveDialog({ search, views, onClose }: SaveDialogProps) {
  const { t } = useTranslation(['views', 'desk']);
  const mayShare = useMay('configure');
  const save = useViewChange();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [replaced, setReplaced] = useState('');
  const mine = views.filter((view) => !view.shared || mayShare);
  const filters = search as NewView['filters'];
  const { of, whole } = fieldErrors(save.error, ['name']);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    const change =
      replaced === '' ? { add: { name: name.trim(), shared, filters } } : { id: replaced, patch: { filters } };
    save.mutate(change, { onSuccess: onClose });
  };
  return (
    <Dialog title={t('save')} onClose={onClose}>
      <form className={styles.form} onSubmit={submit}>
        {mine.length > 0 && (
          <NativeSelect
            label={t('as')}
            value={replaced}
            onChange={(event) => setReplaced(event.currentTarget.value)}
            data={[
              { value: '', label: t('asNew') },
              ...mine.map((view) => ({ value: view.id, label: t('inPlaceOf', { name: view.name }) })),
            ]}
          />
        )}
        {replaced === '' && (
          <>
            <TextInput
              data-autofocus
              required
              label={t('name')}
              maxLength={100}
              value={name}
              error={of('name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            {mayShare && (
              <Checkbox
                label={t('shared')}
                checked={shared}
                onChange={(event) => setShared(event.currentTarget.checked)}
              />
            )}
          </>
        )}
        {whole !== undefined && (
          <Alert color="red" role="alert" py="xs">
            {whole}
          </Alert>
        )}
        <div className={styles.foot}>
          <Button type="submit" loading={save.isPending} disabled={replaced === '' && name.trim() === ''}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
