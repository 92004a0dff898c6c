import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  changeEscalationPolicy,
  deleteEscalationPolicy,
  escalationPoliciesQuery,
  forgetEscalationPolicy,
  keepEscalationPolicy,
} from '../../api/escalation.ts';
import type { EscalationPolicy } from '../../api/types.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { CourseView } from './course-view.tsx';
import styles from './escalation.module.css';
import { type PolicyDraft, PolicyFields, policyFields } from './policy-fields.tsx';

const route = getRouteApi('/desk/admin/escalation-policies/$id');

/** One escalation policy: which incidents go by it, whom it pages when, and what comes after. */
export function PolicyPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({ ...escalationPoliciesQuery, refetchOnMount: 'always' });
  const policy = data?.find((one) => one.id === id);
  if (data !== undefined && policy !== undefined) return <PolicyEditor key={id} policy={policy} policies={data} />;
  if (data !== undefined) return <NotFound />;
  return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
}

interface PolicyEditorProps {
  readonly policy: EscalationPolicy;
  readonly policies: readonly EscalationPolicy[];
}

function PolicyEditor({ policy, policies }: PolicyEditorProps) {
  const { t } = useTranslation(['escalation', 'admin']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, createdAt: _created, updatedAt: _updated, ...stored } = policy;
  const draft = useDraft<PolicyDraft>(stored);
  const save = useMutation({
    mutationFn: () => changeEscalationPolicy(id, draft.changes),
    onSuccess: (saved) => {
      keepEscalationPolicy(client, saved);
      draft.clear();
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteEscalationPolicy(id),
    onSuccess: () => {
      draft.clear();
      forgetEscalationPolicy(client, id);
    },
  });
  const errors = fieldErrors(save.error, policyFields);
  return (
    <>
      <Link to="/admin/escalation-policies" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={policy.name} className={ui.title} />
        <Link to="/admin/audit" search={{ resourceId: id }}>
          {t('admin:audit.of')}
        </Link>
      </header>
      <div className={styles.beside}>
        <EditForm
          onSave={() => save.mutate()}
          dirty={draft.dirty}
          pending={save.isPending}
          saved={save.isSuccess}
          error={errors.rest}
          actions={
            <Confirm
              label={t('admin:form.delete')}
              title={t('deleteSure', { name: policy.name })}
              action={remove}
              onDone={() => void navigate({ to: '/admin/escalation-policies', ignoreBlocker: true })}
            >
              <Uses of={policy} policies={policies} />
            </Confirm>
          }
        >
          <PolicyFields draft={draft} errors={errors} id={id} policies={policies} />
        </EditForm>
        <CourseView draft={draft.fields} id={id} policies={policies} />
      </div>
    </>
  );
}

/** What goes by the policy, and so would have to go by another. */
function Uses({ of: { id }, policies }: { of: EscalationPolicy; policies: readonly EscalationPolicy[] }) {
  const { t } = useTranslation('escalation');
  const before = policies.filter(({ next }) => next === id);
  return (
    <>
      {before.length > 0 && (
        <>
          <p>{t('delete.usedBy')}</p>
          <ul className={ui.consequences}>
            {before.map((policy) => (
              <li key={policy.id} dir="auto">
                <Link to="/admin/escalation-policies/$id" params={{ id: policy.id }}>
                  {policy.name}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>{t('delete.hint')}</p>
    </>
  );
}
