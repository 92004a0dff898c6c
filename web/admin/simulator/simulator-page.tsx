import { Alert, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import { slaPoliciesQuery } from '../../api/sla-policies.ts';
import { forecastQuery } from '../../api/ticket-preview.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { priorities } from '../../ui/choices.ts';
import { Fields, Section } from '../ui/edit-form.tsx';
import { type FieldErrors, fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { WordsInput } from '../ui/words-input.tsx';
import { Forecast } from './forecast.tsx';
import type { SimulatorSearch } from './search.ts';
import styles from './simulator.module.css';

const route = getRouteApi('/desk/admin/simulator');
const typingMs = 300;
const asked = ['priority', 'level', 'channel', 'team', 'assignee', 'slaPolicy', 'tags', 'at'] as const;

/** What would happen to a ticket like this: the promises it gets, and who is paged where nobody answers. */
export function SimulatorPage() {
  const { t } = useTranslation('simulator');
  const search = route.useSearch();
  const navigate = useNavigate();
  const [ticket] = useDebouncedValue(search, typingMs);
  const { data, error, isPlaceholderData } = useQuery(forecastQuery(ticket));
  const errors = fieldErrors(error, asked);
  const set = (change: { [K in keyof SimulatorSearch]: SimulatorSearch[K] | undefined }): void =>
    void navigate({ to: '/admin/simulator', search: { ...search, ...change } as SimulatorSearch, replace: true });
  return (
    <>
      <header className={ui.head}>
        <PageTitle title={t('title')} className={ui.title} />
      </header>
      <p className={ui.intro}>{t('intro')}</p>
      <div className={styles.sides}>
        <Section title={t('ticket')}>
          <TicketFields search={search} set={set} errors={errors} />
        </Section>
        <div className={styles.answer} aria-busy={isPlaceholderData}>
          {errors.rest !== null && (
            <Alert color="red" role="alert" py="xs">
              {errors.rest}
            </Alert>
          )}
          {data !== undefined && error === null && <Forecast forecast={data} />}
        </div>
      </div>
    </>
  );
}

interface TicketFieldsProps {
  readonly search: SimulatorSearch;
  readonly set: (change: { [K in keyof SimulatorSearch]: SimulatorSearch[K] | undefined }) => void;
  readonly errors: FieldErrors;
}

function TicketFields({ search, set, errors }: TicketFieldsProps) {
  const { t } = useTranslation(['simulator', 'desk']);
  const { users, teams } = usePeople();
  const { data: policies = [] } = useQuery(slaPoliciesQuery);
  const named = (none: string, all: readonly { readonly id: string; readonly name: string }[]) => [
    { value: '', label: none },
    ...all.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const orNothing = (text: string): string | undefined => (text === '' ? undefined : text);
  return (
    <Fields>
      <NativeSelect
        size="sm"
        label={t('desk:queue.column.priority')}
        value={search.priority ?? 'normal'}
        error={errors.at('priority')}
        onChange={({ currentTarget: { value } }) => set({ priority: priorities.find((one) => one === value) })}
        data={priorities.map((value) => ({ value, label: t(`desk:priority.${value}`) }))}
      />
      <NativeSelect
        size="sm"
        label={t('level')}
        value={String(search.level ?? 1)}
        error={errors.at('level')}
        onChange={({ currentTarget: { value } }) => set({ level: Number(value) as 1 | 2 | 3 })}
        data={['1', '2', '3']}
      />
      <NativeSelect
        size="sm"
        label={t('team')}
        value={search.team ?? ''}
        error={errors.at('team')}
        onChange={({ currentTarget: { value } }) => set({ team: orNothing(value) })}
        data={named(t('noTeam'), teams)}
      />
      <NativeSelect
        size="sm"
        label={t('assignee')}
        value={search.assignee ?? ''}
        error={errors.at('assignee')}
        onChange={({ currentTarget: { value } }) => set({ assignee: orNothing(value) })}
        data={named(
          t('nobody'),
          users.filter(({ active }) => active),
        )}
      />
      <NativeSelect
        size="sm"
        label={t('policy')}
        value={search.slaPolicy ?? ''}
        error={errors.at('slaPolicy')}
        onChange={({ currentTarget: { value } }) => set({ slaPolicy: orNothing(value) })}
        data={named(t('byConditions'), policies)}
      />
      <TextInput
        label={t('channel')}
        placeholder="api"
        value={search.channel ?? ''}
        error={errors.at('channel')}
        onChange={({ currentTarget: { value } }) => set({ channel: orNothing(value) })}
      />
      <WordsInput
        label={t('tags')}
        description={t('tagsHint')}
        value={search.tags ?? []}
        error={errors.at('tags')}
        onChange={(tags) => set({ tags: tags.length === 0 ? undefined : tags })}
      />
      <TextInput
        type="datetime-local"
        label={t('at')}
        description={t('atHint')}
        value={search.at === undefined ? '' : localText(search.at)}
        error={errors.at('at')}
        onChange={({ currentTarget: { value } }) =>
          set({ at: value === '' ? undefined : new Date(value).toISOString() })
        }
      />
    </Fields>
  );
}

/** An instant as the field for local times has it: `2026-11-23T09:00`. */
function localText(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime())
    ? ''
    : new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
