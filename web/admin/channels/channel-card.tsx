import { useTranslation } from 'react-i18next';
import { usePeople } from '../../api/people.ts';
import type { Channel } from '../../api/types.ts';
import { CopyText } from '../ui/copy-text.tsx';
import { Section } from '../ui/edit-form.tsx';
import { ChannelTestForm } from './channel-test.tsx';
import styles from './channels.module.css';

/** One channel: what it is for, what configures it, where its answers come in, and a way to try it. */
export function ChannelCard({ channel: { channel, configured, variables, answers } }: { channel: Channel }) {
  const { t } = useTranslation(['channels', 'settings']);
  return (
    <Section title={t(`settings:contacts.types.${channel}`)} hint={t(`purpose.${channel}`)}>
      <p className={styles.state} data-configured={configured}>
        {configured ? `✓ ${t('configured')}` : `○ ${t('notConfigured')}`}
      </p>
      <Users channel={channel} configured={configured} />
      <ul className={styles.variables} aria-label={t('variables')}>
        {variables.map(({ name, needed, set }) => (
          <li key={name}>
            <code>{name}</code>{' '}
            <span className={styles.dim}>{set ? `✓ ${t('set')}` : needed ? `⚠ ${t('missing')}` : t('unset')}</span>
          </li>
        ))}
      </ul>
      {channel === 'webhook' && (
        <p className={styles.line}>
          {t('signed')} <code>npm run vigil -- webhook-secret</code>
        </p>
      )}
      {answers !== null && (channel === 'slack' || channel === 'sms' || channel === 'pagerduty') && (
        <div className={styles.answers}>
          <CopyText label={t('answers.label')} description={t(`answers.${channel}`)} value={answers.url} />
          {!answers.ready && <p className={styles.line}>⚠ {t('answers.refused', { variable: answers.variable })}</p>}
        </div>
      )}
      {configured && <ChannelTestForm channel={channel} variables={variables} />}
    </Section>
  );
}

/** How many people would be paged by it. */
function Users({ channel, configured }: Pick<Channel, 'channel' | 'configured'>) {
  const { t } = useTranslation('channels');
  const { users } = usePeople();
  const count = users.filter(({ active, contacts }) => active && contacts.some(({ type }) => type === channel)).length;
  if (count === 0) return null;
  return <p className={styles.line}>{configured ? t('people', { count }) : `⚠ ${t('peopleUnreached', { count })}`}</p>;
}
