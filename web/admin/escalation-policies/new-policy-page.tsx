import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addEscalationPolicy, escalationPoliciesQuery, keepEscalationPolicy } from '../../api/escalation.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { CourseView } from './course-view.tsx';
import styles from './escalation.module.css';
import { type PolicyDraft, PolicyFields, policyFields } from './policy-fields.tsx';

/** As the API takes what is not said, with the first step of most policies. */
const none: PolicyDraft = {
  name: '',
  conditions: {},
  hours: null,
  steps: [{ targets: [{ type: 'assignee' }], ackTimeout: 'PT5M' }],
  rounds: 1,
  resolveTimeout: null,
  next: null,
  active: true,
};

export function NewPolicyPage() {
  const { t } = useTranslation('escalation');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: policies = [] } = useQuery(escalationPoliciesQuery);
  const draft = useDraft(none);
  const save = useMutation({
    mutationFn: () => addEscalationPolicy(draft.fields),
    onSuccess: (policy) => {
      keepEscalationPolicy(client, policy);
      return navigate({ to: '/admin/escalation-policies/$id', params: { id: policy.id }, ignoreBlocker: true });
    },
  });
  const errors = fieldErrors(save.error, policyFields);
  return (
    <>
      <Link to="/admin/escalation-policies" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={t('add')} className={ui.title} />
      </header>
      <div className={styles.beside}>
        <EditForm
          onSave={() => save.mutate()}
          dirty={draft.dirty}
          pending={save.isPending}
          saved={false}
          error={errors.rest}
          saveLabel={t('add')}
        >
          <PolicyFields draft={draft} errors={errors} policies={policies} />
        </EditForm>
        <CourseView draft={draft.fields} id={undefined} policies={policies} />
      </div>
    </>
  );
}
