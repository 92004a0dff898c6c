import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addSlaPolicy, keepSlaPolicy } from '../../api/sla-policies.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type SlaPolicyDraft, SlaPolicyFields, slaPolicyFields } from './sla-policy-fields.tsx';

/** As the API takes what is not said. */
const none: SlaPolicyDraft = {
  name: '',
  conditions: {},
  calendar: null,
  warnAt: [0.5, 0.75, 0.9],
  pauseOn: ['pending'],
  targets: {},
  active: true,
};

export function NewSlaPolicyPage() {
  const { t } = useTranslation('sla-policies');
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft(none);
  const save = useMutation({
    mutationFn: () => addSlaPolicy(draft.fields),
    onSuccess: (policy) => {
      keepSlaPolicy(client, policy);
      return navigate({ to: '/admin/sla-policies/$id', params: { id: policy.id }, ignoreBlocker: true });
    },
  });
  const errors = fieldErrors(save.error, slaPolicyFields);
  return (
    <>
      <Link to="/admin/sla-policies" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={t('add')} className={ui.title} />
      </header>
      <EditForm
        onSave={() => save.mutate()}
        dirty={draft.dirty}
        pending={save.isPending}
        saved={false}
        error={errors.rest}
        saveLabel={t('add')}
      >
        <SlaPolicyFields draft={draft} errors={errors} isNew />
      </EditForm>
    </>
  );
}
