import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldErrors } from '../admin/ui/field-errors.ts';
import type { Reach } from './reach.ts';
import styles from './reach.module.css';

interface QuietHoursProps {
  readonly quietHours: Reach['quietHours'];
  /** By whose clock. */
  readonly timeZone: string | null;
  readonly onChange: (quietHours: Reach['quietHours']) => void;
  readonly errors: FieldErrors;
}

/** When nothing comes that can wait. */
export function QuietHours({ quietHours, timeZone, onChange, errors }: QuietHoursProps) {
  const { t } = useTranslation('settings');
  return (
    <div className={styles.lines}>
      <Checkbox
        label={t('quiet.on')}
        checked={quietHours !== null}
        onChange={(event) => onChange(event.currentTarget.checked ? { from: '22:00', to: '07:00' } : null)}
      />
      {quietHours !== null && (
        <div className={styles.times}>
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={t(`quiet.${end}`)}
              // Midnight at the end of a day is no time of such a field.
              value={quietHours[end] === '24:00' ? '00:00' : quietHours[end]}
              error={errors.at(`quietHours.${end}`)}
              onChange={(event) => onChange({ ...quietHours, [end]: event.currentTarget.value })}
            />
          ))}
          <p className={styles.none}>{t('quiet.clock', { zone: timeZone ?? 'UTC' })}</p>
        </div>
      )}
    </div>
  );
}
