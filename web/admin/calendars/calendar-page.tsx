import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { calendarsQuery, changeCalendar, deleteCalendar, forgetCalendar, keepCalendar } from '../../api/calendars.ts';
import type { Calendar } from '../../api/types.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type CalendarDraft, CalendarFields, calendarFields } from './calendar-fields.tsx';
import { OpenTime } from './open-time.tsx';

const route = getRouteApi('/desk/admin/calendars/$id');

export function CalendarPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({ ...calendarsQuery, refetchOnMount: 'always' });
  const calendar = data?.find((one) => one.id === id);
  if (calendar !== undefined) return <CalendarEditor key={id} calendar={calendar} />;
  if (data !== undefined) return <NotFound />;
  return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
}

function CalendarEditor({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation(['calendars', 'admin']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, name, timeZone, hours, holidays = [], special = {} } = calendar;
  const draft = useDraft<CalendarDraft>({ name, timeZone, hours, holidays, special });
  const save = useMutation({
    mutationFn: () => changeCalendar(id, draft.changes),
    onSuccess: (saved) => {
      keepCalendar(client, saved);
      draft.clear();
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteCalendar(id),
    onSuccess: () => {
      draft.clear();
      forgetCalendar(client, id);
    },
  });
  const errors = fieldErrors(save.error, calendarFields);
  return (
    <>
      <Link to="/admin/calendars" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={name} className={ui.title} />
        <Link to="/admin/audit" search={{ resourceId: id }}>
          {t('admin:audit.of')}
        </Link>
      </header>
      <div className={ui.beside}>
        <EditForm
          onSave={() => save.mutate()}
          dirty={draft.dirty}
          pending={save.isPending}
          saved={save.isSuccess}
          error={errors.rest}
          actions={
            <Confirm
              label={t('admin:form.delete')}
              title={t('deleteSure', { name })}
              action={remove}
              onDone={() => void navigate({ to: '/admin/calendars', ignoreBlocker: true })}
            >
              <p>{t('deleteHint')}</p>
            </Confirm>
          }
        >
          <CalendarFields draft={draft} errors={errors} />
        </EditForm>
        <OpenTime draft={draft.fields} />
      </div>
    </>
  );
}
