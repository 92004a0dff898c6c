import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import {
  changeSlaPolicy,
  deleteSlaPolicy,
  forgetSlaPolicy,
  keepSlaPolicy,
  slaPoliciesQuery,
} from '../../api/sla-policies.ts';
import type { SlaPolicy } from '../../api/types.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EditForm } from '../ui/edit-form.tsx';
import { fieldErrors } from '../ui/field-errors.ts';
import ui from '../ui/ui.module.css';
import { useDraft } from '../ui/use-draft.ts';
import { type SlaPolicyDraft, SlaPolicyFields, slaPolicyFields } from './sla-policy-fields.tsx';

const route = getRouteApi('/desk/admin/sla-policies/$id');

/** One SLA policy: which tickets go by it, and what it promises them. */
export function SlaPolicyPage() {
  const { id } = route.useParams();
  const { data, error, refetch } = useQuery({ ...slaPoliciesQuery, refetchOnMount: 'always' });
  const policy = data?.find((one) => one.id === id);
  if (policy !== undefined) return <PolicyEditor key={id} policy={policy} />;
  if (data !== undefined) return <NotFound />;
  return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
}

function PolicyEditor({ policy }: { policy: SlaPolicy }) {
  const { t } = useTranslation(['sla-policies', 'admin']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const { id, createdAt: _created, updatedAt: _updated, ...stored } = policy;
  const draft = useDraft<SlaPolicyDraft>(stored);
  const save = useMutation({
    mutationFn: () => changeSlaPolicy(id, draft.changes),
    onSuccess: (saved) => {
      keepSlaPolicy(client, saved);
      draft.clear();
    },
  });
  const remove = useMutation({
    mutationFn: () => deleteSlaPolicy(id),
    onSuccess: () => {
      draft.clear();
      forgetSlaPolicy(client, id);
    },
  });
  const errors = fieldErrors(save.error, slaPolicyFields);
  return (
    <>
      <Link to="/admin/sla-policies" className={ui.back}>
        {t('back')}
      </Link>
      <header className={ui.head}>
        <PageTitle title={policy.name} className={ui.title} />
        <span className={ui.tools}>
          <Link to="/admin/simulator" search={{ slaPolicy: id }}>
            {t('simulate')}
          </Link>
          <Link to="/admin/audit" search={{ resourceId: id }}>
            {t('admin:audit.of')}
          </Link>
        </span>
      </header>
      <p className={ui.intro}>{t('changeHint')}</p>
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
            onDone={() => void navigate({ to: '/admin/sla-policies', ignoreBlocker: true })}
          >
            <p>{t('deleteHint')}</p>
          </Confirm>
        }
      >
        <SlaPolicyFields draft={draft} errors={errors} />
      </EditForm>
    </>
  );
}
