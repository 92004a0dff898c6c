import { Button, Checkbox } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiKeysQuery, revokeApiKey } from '../../api/keys.ts';
import { usePeople } from '../../api/people.ts';
import { useMay } from '../../api/session.ts';
import type { ApiKey } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { ListPage, ListTable } from '../ui/list-page.tsx';
import { matches } from '../ui/list-search.ts';

const MakeKey = lazy(() => import('./make-key.tsx').then(({ MakeKey }) => ({ default: MakeKey })));
const route = getRouteApi('/desk/admin/keys');

export function KeysPage() {
  const { t } = useTranslation('admin');
  if (useMay('administer')) return <Keys />;
  return (
    <>
      <PageTitle title={t('nav.keys')} />
      <p>{t('keys.forAdmins')}</p>
    </>
  );
}

/** What programs come in with. */
function Keys() {
  const { t } = useTranslation('admin');
  const { q } = route.useSearch();
  const navigate = route.useNavigate();
  const [withDead, setWithDead] = useState(false);
  const [making, setMaking] = useState(false);
  const reading = useQuery({ ...apiKeysQuery, refetchOnMount: 'always' });
  const { userName } = usePeople();
  const shown = (reading.data ?? []).filter(
    (key) =>
      (withDead || stateOf(key) === 'active') &&
      matches(q, key.name, t(`keys.role.${key.role}`), key.user && userName(key.user)),
  );
  return (
    <>
      <ListPage
        title={t('nav.keys')}
        intro={t('keys.intro')}
        search={{
          label: t('keys.search'),
          q,
          onChange: (text) => void navigate({ search: text === '' ? {} : { q: text }, replace: true }),
        }}
        filters={
          <Checkbox
            size="xs"
            label={t('keys.withDead')}
            checked={withDead}
            onChange={(event) => setWithDead(event.currentTarget.checked)}
          />
        }
        add={<Button onClick={() => setMaking(true)}>{t('keys.make')}</Button>}
        reading={reading}
        count={shown.length}
        empty={t('keys.empty')}
      >
        <ListTable
          label={t('nav.keys')}
          head={[
            t('people.col.name'),
            t('people.col.role'),
            t('keys.person'),
            t('keys.made'),
            t('people.col.state'),
            t('keys.revoke'),
          ]}
        >
          {shown.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ListTable>
      </ListPage>
      <Suspense>{making && <MakeKey onClose={() => setMaking(false)} />}</Suspense>
    </>
  );
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'active' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'active';
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t } = useTranslation('admin');
  const { moment } = useFormats();
  const { userName } = usePeople();
  const client = useQueryClient();
  const { id, name, role, user, createdAt, expiresAt, revokedAt } = apiKey;
  const revoke = useMutation({
    mutationFn: () => revokeApiKey(id),
    onSuccess: () => client.invalidateQueries(apiKeysQuery),
  });
  const state = stateOf(apiKey);
  return (
    <tr>
      <td dir="auto">{name}</td>
      <td>{t(`keys.role.${role}`)}</td>
      <td dir="auto">{user === null ? '—' : userName(user)}</td>
      <td>{moment(createdAt)}</td>
      <td>
        {state === 'revoked'
          ? t('keys.revokedAt', { at: moment(revokedAt ?? createdAt) })
          : state === 'expired'
            ? t('keys.expiredAt', { at: moment(expiresAt ?? createdAt) })
            : expiresAt === null
              ? t('keys.forever')
              : t('keys.until', { at: moment(expiresAt) })}
      </td>
      <td>
        {state === 'active' && (
          <Confirm
            label={t('keys.revoke')}
            ariaLabel={t('keys.revokeOf', { name })}
            title={t('keys.revokeSure', { name })}
            action={revoke}
          >
            <p>{t('keys.revokeHint')}</p>
          </Confirm>
        )}
      </td>
    </tr>
  );
}
