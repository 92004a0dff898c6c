import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { channelsQuery } from '../../api/channels.ts';
import type { Channels } from '../../api/types.ts';
import { Failed } from '../../shell/page-error.tsx';
import { PagePending } from '../../shell/page-pending.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { Section } from '../ui/edit-form.tsx';
import ui from '../ui/ui.module.css';
import { ChannelCard } from './channel-card.tsx';
import styles from './channels.module.css';

/** By what people are reached: what is set up, what is missing, and whether it works. */
export function ChannelsPage() {
  const { t } = useTranslation('channels');
  const { data, error, refetch } = useQuery({ ...channelsQuery, refetchOnMount: 'always' });
  if (data === undefined) {
    return error === null ? <PagePending /> : <Failed error={error} retry={() => void refetch()} />;
  }
  return (
    <>
      <header className={ui.head}>
        <PageTitle title={t('title')} className={ui.title} />
      </header>
      <p className={ui.intro}>{t('intro')}</p>
      {isOfThisMachine(data) && (
        <Alert color="yellow" py="xs" mb="md" maw="46rem">
          ⚠ {t('thisMachine')}
        </Alert>
      )}
      <div className={styles.cards}>
        {data.data.map((channel) => (
          <ChannelCard key={channel.channel} channel={channel} />
        ))}
        <Fallback fallback={data.fallback} />
      </div>
    </>
  );
}

/** Whether the addresses for answers lead nowhere from outside. */
function isOfThisMachine({ data }: Channels): boolean {
  const [url] = data.flatMap(({ answers }) => answers?.url ?? []);
  const host = url === undefined ? '' : new URL(url).hostname;
  return host === 'localhost' || host === '[::1]' || host.startsWith('127.');
}

function Fallback({ fallback: { variable, channel } }: { fallback: Channels['fallback'] }) {
  const { t } = useTranslation(['channels', 'settings']);
  return (
    <Section title={t('fallback.title')} hint={t('fallback.hint')}>
      <p className={styles.line}>
        {channel === null
          ? `⚠ ${t('fallback.none', { variable })}`
          : `✓ ${t('fallback.set', { variable, channel: t(`settings:contacts.types.${channel}`) })}`}
      </p>
    </Section>
  );
}
