import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addCalendar, keepCalendar } from '../../api/calendars.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type CalendarDraft, CalendarFields, calendarFields, officeHours } from './calendar-fields.tsx';
import { OpenTime } from './open-time.tsx';

export function NewCalendarPage() {
  const { t } = useTranslation('calendars');
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft<CalendarDraft>({
    name: '',
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    hours: officeHours,
    holidays: [],
    special: {},
  });
  const save = useMutation({
    mutationFn: () => addCalendar(draft.fields),
    onSuccess: (calendar) => {
      keepCalendar(client, calendar);
      return navigate({ to: '/admin/calendars/$id', params: { id: calendar.id }, ignoreBlocker: true });
    },
  });
  const errors = fieldErrors(save.error, calendarFields);
  return (
    <>
      <Link to="/admin/calendars" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={t('add')} className={ui.title} />
      </header>
      <div className={ui.beside}>
        <EditForm
          onSave={() => save.mutate()}
          dirty={draft.dirty}
          pending={save.isPending}
          saved={false}
          error={errors.rest}
          saveLabel={t('add')}
        >
          <CalendarFields draft={draft} errors={errors} />
        </EditForm>
        <OpenTime draft={draft.fields} />
      </div>
    </>
  );
}
