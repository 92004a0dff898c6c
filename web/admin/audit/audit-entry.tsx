import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AuditEvent } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { deviceOf } from '../../settings/device.ts';
import styles from './audit.module.css';
import { type Line, linesOf } from './diff.ts';
import { type AuditWords, useAuditWords } from './words.ts';

type Item = AuditEvent['items'][number];

/** More would hide what else was done; the rest opens. */
const shownAtOnce = 3;

/** What somebody did at one time. */
export function AuditEntry({ event }: { event: AuditEvent }) {
  const { t } = useTranslation('admin');
  const { moment, full } = useFormats();
  const words = useAuditWords();
  const { actor, at, items } = event;
  const rest = items.slice(shownAtOnce);
  return (
    <li className={styles.entry}>
      <p className={styles.head}>
        <time dateTime={at} title={full(at)}>
          {moment(at)}
        </time>{' '}
        <Link to="/admin/audit" search={{ actor: actor.id }} dir="auto">
          {actor.name}
        </Link>
        {actor.type !== 'user' && actor.id !== actor.name && (
          <span className={styles.dim}> ({actor.type === 'command' ? actor.id : t(`audit.actor.${actor.type}`)})</span>
        )}
        {actor.via !== null && <span className={styles.dim}> ({t('audit.via')})</span>}
      </p>
      {items.slice(0, shownAtOnce).map((item, i) => (
        <ItemView key={i} item={item} actor={actor.id} words={words} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary>{t('audit.more', { count: rest.length })}</summary>
          {rest.map((item, i) => (
            <ItemView key={i} item={item} actor={actor.id} words={words} />
          ))}
        </details>
      )}
    </li>
  );
}

function ItemView({ item, actor, words }: { item: Item; actor: string; words: AuditWords }) {
  const own = item.resource === 'sign-in' && item.id === actor;
  const lines = linesOf(item.changes);
  // Of something new or gone all fields are said: they are for whoever asks.
  const whole = item.changes.some((change) => !('from' in change) || !('to' in change));
  const list = <Lines lines={lines} item={item} words={words} />;
  return (
    <div className={styles.item}>
      <p>
        {words.action(item.action)}
        {!own && (
          <>
            {': '}
            <Link to="/admin/audit" search={{ resourceId: item.id }} dir="auto">
              {words.thing(item)}
            </Link>
          </>
        )}
      </p>
      {lines.length > 0 && (whole && item.resource !== 'sign-in' ? <Folded>{list}</Folded> : list)}
    </div>
  );
}

function Folded({ children }: { children: React.ReactNode }) {
  const { t } = useTranslation('admin');
  return (
    <details>
      <summary>{t('audit.details')}</summary>
      {children}
    </details>
  );
}

function Lines({ lines, item, words }: { lines: readonly Line[]; item: Item; words: AuditWords }) {
  const { t } = useTranslation('admin');
  const shown = (line: Line, value: unknown): string => {
    if (item.resource === 'sign-in' && typeof value === 'string') {
      if (line.path === 'device') return deviceOf(value) ?? value;
      if (line.path === 'method') return words.method(value);
    }
    return words.value(value, line.path.split('.').at(-1));
  };
  return (
    <dl className={styles.lines}>
      {lines.map((line) => (
        <div key={line.path}>
          <dt>{words.field(line.path)}</dt>
          <dd dir="auto">
            {line.removed?.map((value, i) => (
              <del key={i} aria-label={t('audit.removed', { value: words.value(value) })}>
                − {words.value(value)}
              </del>
            ))}
            {line.added?.map((value, i) => (
              <ins key={i} aria-label={t('audit.added', { value: words.value(value) })}>
                + {words.value(value)}
              </ins>
            ))}
            {'from' in line && <del>{shown(line, line.from)}</del>}
            {'from' in line && 'to' in line && ' → '}
            {'to' in line && <ins>{shown(line, line.to)}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
