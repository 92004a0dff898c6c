import { useTranslation } from 'react-i18next';
import type { Wall } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import styles from './wall.module.css';

/** What matters most comes first. Each has a shape and a word besides its colour. */
const colours = [
  ['overdue', '✖'],
  ['red', '▲'],
  ['amber', '◆'],
  ['green', '●'],
  ['paused', '❚❚'],
  ['none', '○'],
] as const;

/** The open queue by how much of the nearest promise is used up. */
export function Colours({ sla }: { sla: Wall['sla'] }) {
  const { t } = useTranslation('wall');
  const { number } = useFormats();
  return (
    <section className={styles.colours} aria-label={t('colours')}>
      {colours.map(([colour, shape]) => (
        <div key={colour} className={styles.colour} data-colour={colour} data-any={sla[colour] > 0}>
          <span className={styles.shape} aria-hidden="true">
            {shape}
          </span>
          <strong>{number(sla[colour])}</strong>
          <span>{t(`colour.${colour}`)}</span>
        </div>
      ))}
    </section>
  );
}
