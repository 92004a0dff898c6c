import { Button, Input } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import { noTime, type ShadowDraft } from './draft.ts';
import styles from './editor.module.css';
import { PersonSelect } from './person-select.tsx';
import { messageOf, othersThan, type Problems, within } from './problems.ts';
import { TimeField } from './time-field.tsx';

interface ShadowsProps {
  readonly value: readonly ShadowDraft[];
  readonly onChange: (value: readonly ShadowDraft[]) => void;
  readonly timeZone: string;
  /** By number. */
  readonly problems: Problems;
}

/** Who gets copies and is never responsible, all the time or for a while. */
export function Shadows({ value, onChange, timeZone, problems }: ShadowsProps) {
  const { t } = useTranslation('schedule-editor');
  const { userName } = usePeople();
  const add = useId();
  return (
    <fieldset className={styles.part}>
      <legend>{t('shadows.title')}</legend>
      <p className={styles.hint}>{t('shadows.hint')}</p>
      {value.map((shadow, i) => {
        const name = userName(shadow.user);
        const own = within(problems, String(i));
        const others = othersThan(own, ['from', 'until']);
        const change = (changed: Partial<ShadowDraft>): void => onChange(value.with(i, { ...shadow, ...changed }));
        return (
          <div key={i} className={styles.shadow} role="group" aria-label={name}>
            <strong dir="auto">{name}</strong>
            {others.length > 0 && <Input.Error role="alert">{others.join(' · ')}</Input.Error>}
            <div className={styles.fields}>
              <TimeField
                label={t('shadows.from')}
                timeZone={timeZone}
                value={shadow.from}
                onChange={(from) => change({ from })}
                error={messageOf(own, 'from')}
              />
              <TimeField
                label={t('shadows.until')}
                timeZone={timeZone}
                value={shadow.until}
                onChange={(until) => change({ until })}
                error={messageOf(own, 'until')}
              />
              <Button
                variant="default"
                aria-label={t('removeWhat', { what: name })}
                onClick={() => {
                  onChange(value.toSpliced(i, 1));
                  document.getElementById(add)?.focus();
                }}
              >
                {t('remove')}
              </Button>
            </div>
          </div>
        );
      })}
      <PersonSelect
        id={add}
        label={t('shadows.add')}
        without={[]}
        onChoose={(user) => onChange([...value, { user, from: noTime, until: noTime }])}
      />
    </fieldset>
  );
}
