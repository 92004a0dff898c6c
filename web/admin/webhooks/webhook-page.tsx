import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api/types.ts';
import { changeWebhook, deleteWebhook, webhooksQuery } from '../../api/webhooks.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { Deliveries } from './deliveries.tsx';
import { type WebhookDraft, WebhookFields, webhookFields } from './webhook-fields.tsx';
import { HealthNotice, HealthWord } from './webhook-health.tsx';
import { WebhookKey } from './webhook-key.tsx';

const route = getRouteApi('/desk/admin/webhooks/$id');

/** One webhook: what it is told, how its address does, and every delivery. */
export function WebhookPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({ ...webhooksQuery, refetchOnMount: 'always' });
  const webhook = data?.find((one) => one.id === id);
  if (webhook !== undefined) return <WebhookEditor key={id} webhook={webhook} />;
  if (data !== undefined) return <NotFound />;
  return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
}

function WebhookEditor({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation(['webhooks', 'admin']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, name, url, events, enabled } = webhook;
  const draft = useDraft<WebhookDraft>({ name, url, events, enabled });
  const save = useMutation({
    mutationFn: () => changeWebhook(id, draft.changes),
    onSuccess: (saved) => {
      client.setQueryData(webhooksQuery.queryKey, (known) => known?.map((one) => (one.id === id ? saved : one)));
      draft.clear();
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteWebhook(id),
    onSuccess: () => {
      draft.clear();
      client.setQueryData(webhooksQuery.queryKey, (known) => known?.filter((one) => one.id !== id));
    },
  });
  const errors = fieldErrors(save.error, webhookFields);
  return (
    <>
      <Link to="/admin/webhooks" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={name} className={ui.title} />
        <span className={ui.tools}>
          <HealthWord {...webhook} />
          <Link to="/admin/audit" search={{ resourceId: id }}>
            {t('admin:audit.of')}
          </Link>
        </span>
      </header>
      <HealthNotice {...webhook} />
      <Deliveries webhook={webhook} />
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
            onDone={() => void navigate({ to: '/admin/webhooks', ignoreBlocker: true })}
          >
            <p>{t('deleteHint')}</p>
          </Confirm>
        }
      >
        <WebhookFields draft={draft} errors={errors} />
      </EditForm>
      <WebhookKey webhook={webhook} />
    </>
  );
}
