import { Alert, Button, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/client.ts';
import type { Annotation as AnnotationData, Ticket } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { useTicketCommand, withKey } from './commands.ts';
import styles from './ticket.module.css';

const kinds = ['product', 'business', 'user-error', 'platform-anomaly'] as const satisfies AnnotationData['kind'][];
const difficulties = [1, 2, 3] as const;

interface AnnotationProps {
  readonly ticket: Ticket;
  readonly mayChange: boolean;
  readonly asks: boolean;
  readonly onChange: (changing: boolean) => void;
}

export function AnnotationPanel({ ticket, mayChange, asks, onChange }: AnnotationProps) {
  const { t } = useTranslation(['annotation', 'desk']);
  const { number } = useFormats();
  const { annotation } = ticket;
  return (
    <section className={styles.panel} aria-labelledby="annotation">
      <h2 id="annotation">{t('title')}</h2>
      {asks || annotation === null ? (
        <Form ticket={ticket} onBegin={() => onChange(true)} onSaved={() => onChange(false)} />
      ) : (
        <>
          <p className={styles.comment}>
            {t(`desk:annotationKind.${annotation.kind}`)} · {t(`difficulties.${annotation.difficulty}`)}
            {annotation.minutes !== null && ` · ${t('worked', { minutes: number(annotation.minutes) })}`}
          </p>
          {annotation.note !== null && (
            <p className={styles.comment} dir="auto">
              {annotation.note}
            </p>
          )}
          {mayChange && (
            <Button variant="default" mt="xs" onClick={() => onChange(true)}>
              {t('change')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

function Form({ ticket, onBegin, onSaved }: { ticket: Ticket; onBegin: () => void; onSaved: () => void }) {
  const { t } = useTranslation(['annotation', 'desk']);
  const tell = useTicketCommand(ticket.id);
  const { annotation } = ticket;
  const [kind, setKind] = useState<AnnotationData['kind'] | ''>(annotation?.kind ?? '');
  const [difficulty, setDifficulty] = useState(annotation?.difficulty ?? ticket.level);
  const [minutes, setMinutes] = useState<number | string>(annotation?.minutes ?? '');
  const [note, setNote] = useState(annotation?.note ?? '');
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (kind === '') return;
    const worked = typeof minutes === 'number' ? minutes : null;
    const body = { kind, difficulty, minutes: worked, note: note.trim() || null };
    tell.mutate(withKey({ name: 'annotate', body }), { onSuccess: onSaved });
  };
  return (
    <form onSubmit={save} onFocus={onBegin} className={styles.annotation}>
      <NativeSelect
        label={t('kind')}
        required
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as AnnotationData['kind'])}
        data={[
          { value: '', label: t('choose'), disabled: true },
          ...kinds.map((value) => ({ value, label: t(`desk:annotationKind.${value}`) })),
        ]}
      />
      <NativeSelect
        label={t('difficulty')}
        value={String(difficulty)}
        onChange={(event) => setDifficulty(Number(event.currentTarget.value) as AnnotationData['difficulty'])}
        data={difficulties.map((value) => ({
          value: String(value),
          label: `${value} – ${t(`difficulties.${value}`)}`,
        }))}
      />
      <NumberInput
        label={t('minutes')}
        value={minutes}
        onChange={setMinutes}
        min={0}
        max={100_000}
        allowDecimal={false}
        allowNegative={false}
        size="xs"
        hideControls
      />
      <Textarea
        label={t('note')}
        autosize
        maxRows={6}
        size="xs"
        maxLength={5000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {tell.isError && (
        <Alert color="red" role="alert" py="xs">
          {problemText(tell.error)}
        </Alert>
      )}
      <Button type="submit" disabled={kind === '' || tell.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
