import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { countsQuery } from '../../api/counts.ts';
import { changeUser, deleteUser, forget, keepUser } from '../../api/desk-people.ts';
import { schedulesQuery } from '../../api/schedules.ts';
import type { User } from '../../api/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Section } from '../ui/edit-form.tsx';
import styles from '../ui/ui.module.css';

const open = 'new,open,pending,on-hold';

/** What becomes of a person who goes, said before it is done; and how they come back. */
export function Leaving({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: schedules = [] } = useQuery(schedulesQuery);
  const { data: counts } = useQuery(countsQuery({ assignee: user.id, status: open }));
  const turn = useMutation({
    mutationFn: () => changeUser(user.id, { active: !user.active }),
    onSuccess: (saved) => keepUser(client, saved),
  });
  const remove = useMutation({
    mutationFn: () => deleteUser(user.id),
    onSuccess: () => forget(client, 'users', user.id),
  });
  const duties = schedules.filter(({ layers }) => JSON.stringify(layers).includes(`"${user.id}"`));
  const tickets = counts?.total ?? 0;
  const consequences = (
    <ul className={styles.consequences}>
      <li>{t('leaving.access')}</li>
      <li>
        {duties.length === 0
          ? t('leaving.noShifts')
          : t('leaving.shifts', { schedules: duties.map(({ name }) => name).join(', ') })}
      </li>
      <li>
        {t('leaving.tickets', { count: tickets })}{' '}
        {tickets > 0 && (
          <Link to="/queue" search={{ assignee: user.id, status: open }}>
            {t('leaving.toTickets')}
          </Link>
        )}
      </li>
      <li>{t('leaving.history')}</li>
    </ul>
  );
  return (
    <Section title={t('leaving.title')}>
      {user.active ? (
        <>
          <p className={styles.hint}>{t('leaving.hint')}</p>
          <div className={styles.tools}>
            <Confirm label={t('leaving.deactivate')} title={t('leaving.sure', { name: user.name })} action={turn}>
              {consequences}
            </Confirm>
            <Remove user={user} action={remove} onDone={() => void navigate({ to: '/admin/people' })} />
          </div>
        </>
      ) : (
        <>
          <p className={styles.hint}>{t('leaving.isInactive')}</p>
          {consequences}
          <div className={styles.tools}>
            <Confirm
              label={t('leaving.reactivate')}
              title={t('leaving.reactivateSure', { name: user.name })}
              action={turn}
              danger={false}
            >
              <p>{t('leaving.reactivateHint')}</p>
            </Confirm>
            <Remove user={user} action={remove} onDone={() => void navigate({ to: '/admin/people' })} />
          </div>
        </>
      )}
    </Section>
  );
}

type Action = Parameters<typeof Confirm>[0]['action'];

function Remove({ user, action, onDone }: { user: User; action: Action; onDone: () => void }) {
  const { t } = useTranslation('admin');
  return (
    <Confirm
      label={t('form.delete')}
      title={t('leaving.deleteSure', { name: user.name })}
      action={action}
      onDone={onDone}
    >
      <p>{t('leaving.deleteHint')}</p>
    </Confirm>
  );
}
