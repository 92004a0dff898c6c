import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { removeSchedule } from '../../api/schedules.ts';
import type { Schedule } from '../../api/types.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { Failure } from '../failure.tsx';
import styles from '../on-call.module.css';

interface RemoveProps {
  readonly schedule: Schedule;
  readonly onClose: () => void;
  readonly onRemoved: () => Promise<void>;
}

/** Asks once more, since nothing brings a schedule back. */
export function RemoveDialog({ schedule, onClose, onRemoved }: RemoveProps) {
  const { t } = useTranslation('schedule-editor');
  const remove = useMutation({ mutationFn: () => removeSchedule(schedule.id), onSuccess: onRemoved });
  return (
    <Dialog title={t('delete.title', { name: schedule.name })} onClose={onClose}>
      <div className={styles.form}>
        <p>{t('delete.text')}</p>
        <Failure error={remove.error} />
        <div className={styles.actions}>
          <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('delete.confirm')}
          </Button>
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
