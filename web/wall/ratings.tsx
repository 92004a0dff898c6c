import { useTranslation } from 'react-i18next';
import type { Wall } from '../api/types.ts';
import { useFormats } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';
import { RatingTag } from '../ui/tags.tsx';
import { percentText } from './percent-text.ts';
import styles from './wall.module.css';

/** More would not fit on a screen. */
const most = 2;
const turnMs = 10_000;
/** What two lines show of a comment at most. */
const shownComment = 200;

/** What customers said last, good or bad, and how many of the month's are good; where there are more than fit, they take turns. */
export function Ratings({ satisfaction: { good, rated, percent, recent } }: { satisfaction: Wall['satisfaction'] }) {
  const { t } = useTranslation('wall');
  const { number, duration } = useFormats();
  const now = useNow();
  const first = (Math.floor(now / turnMs) % Math.ceil(recent.length / most)) * most;
  return (
    <section className={styles.ratings} aria-labelledby="wall-ratings">
      <header>
        <h2 id="wall-ratings">{t('ratings')}</h2>
        {percent !== null && <strong>{percentText(percent, number)}</strong>}
        <span>{percent === null ? t('noneRated') : t('good', { good: number(good), rated: number(rated) })}</span>
      </header>
      <ul>
        {recent.slice(first, first + most).map(({ ticket, rating, comment, ratedAt, assignee }) => (
          <li key={ticket}>
            <RatingTag rating={rating} />
            <p dir="auto" data-none={comment === null}>
              {comment?.slice(0, shownComment).toWellFormed() ?? t('noComment')}
            </p>
            <span className={styles.assignee} dir="auto">
              {assignee?.name}
            </span>
            <span className={styles.until}>{t('ago', { time: duration(Math.max(0, now - Date.parse(ratedAt))) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
