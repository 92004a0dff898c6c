import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { openTimeQuery } from '../../api/calendars.ts';
import { clockTime } from '../../i18n/clock-time.ts';
import { regional } from '../../i18n/format.ts';
import { useMinute } from '../../i18n/now.ts';
import { Section } from '../ui/edit-form.tsx';
import ui from '../ui/ui.module.css';
import type { CalendarDraft } from './calendar-fields.tsx';

const dayMs = 24 * 3_600_000;
const days = 14;

/** What the calendar would give, day by day, as it is typed: the API reckons it, by the rules that clocks go by. */
export function OpenTime({ draft: { timeZone, hours, holidays, special } }: { draft: CalendarDraft }) {
  const { t, i18n } = useTranslation('calendars');
  const now = useMinute();
  const [calendar] = useDebouncedValue(JSON.stringify({ timeZone, hours, holidays, special }), 400);
  const { data, error } = useQuery(openTimeQuery(calendar, iso(now), iso(now + days * dayMs)));
  const spans = data?.spans ?? [];
  const first = spans[0];
  const isOpen = first !== undefined && Date.parse(first.start) <= now;
  const zone = error === null && data !== undefined ? timeZone : 'UTC';
  return (
    <Section title={t('preview')}>
      <div aria-live="polite">
        {error !== null ? (
          <p>{t('wrong')}</p>
        ) : (
          <>
            <p>
              <strong>{isOpen ? `● ${t('now')}` : `○ ${t('nowClosed')}`}</strong>
            </p>
            <ul className={ui.consequences}>
              {spans.map(({ start, end }) => (
                <li key={start}>{spanText(start, end, zone, regional(i18n.language))}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Section>
  );
}

const iso = (at: number): string => new Date(at).toISOString();

function spanText(start: string, end: string, timeZone: string, language: string): string {
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...clockTime(language),
    timeZone: isZone(timeZone) ? timeZone : 'UTC',
  });
  return format.formatRange(new Date(start), new Date(end));
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
