import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addWebhook, webhooksQuery } from '../../api/webhooks.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { ButtonLink } from '../../ui/button-link.tsx';
import { EditForm, Section } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import { Secret } from '../ui/secret.tsx';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type WebhookDraft, WebhookFields, webhookFields } from './webhook-fields.tsx';

const none: WebhookDraft = { name: '', url: '', events: ['*'], enabled: true };

/** A new webhook, and then the key of its signatures, which is shown as long as the page is. */
export function NewWebhookPage() {
  const { t } = useTranslation(['webhooks', 'admin']);
  const client = useQueryClient();
  const draft = useDraft(none);
  const save = useMutation({
    mutationFn: () => addWebhook(draft.fields),
    onSuccess: () => {
      draft.clear();
      return client.invalidateQueries(webhooksQuery);
    },
  });
  const errors = fieldErrors(save.error, webhookFields);
  return (
    <>
      <Link to="/admin/webhooks" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={save.data?.name ?? t('add')} className={ui.title} />
      </header>
      {save.data?.key !== undefined ? (
        <div className={ui.form}>
          <Section title={t('key')} hint={t('keyHint')}>
            <Secret label={t('key')} value={save.data.key} hint={t('admin:secret.once')} />
          </Section>
          <div>
            <ButtonLink to="/admin/webhooks/$id" params={{ id: save.data.id }}>
              {t('toDeliveries')}
            </ButtonLink>
          </div>
        </div>
      ) : (
        <EditForm
          onSave={() => save.mutate()}
          dirty={draft.dirty}
          pending={save.isPending}
          saved={false}
          error={errors.rest}
          saveLabel={t('add')}
        >
          <WebhookFields draft={draft} errors={errors} isNew />
        </EditForm>
      )}
    </>
  );
}
