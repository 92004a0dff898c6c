import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../api/types.ts';
import { renewWebhookKey, webhooksQuery } from '../../api/webhooks.ts';
import { useFormats } from '../../i18n/format.ts';
import { Confirm } from '../ui/confirm.tsx';
import { Section } from '../ui/edit-form.tsx';
import { Secret } from '../ui/secret.tsx';
import styles from './webhooks.module.css';

/** The key of the signatures, which only a new one shows. */
export function WebhookKey({ webhook: { id, oldKeyUntil } }: { webhook: Webhook }) {
  const { t } = useTranslation(['webhooks', 'admin']);
  const { moment } = useFormats();
  const client = useQueryClient();
  const renew = useMutation({
    mutationFn: () => renewWebhookKey(id),
    onSuccess: () => client.invalidateQueries(webhooksQuery),
  });
  const made = renew.data?.key;
  return (
    <div className={styles.key}>
      <Section title={t('key')} hint={t('keyHint')}>
        {oldKeyUntil !== null && <p>{t('oldKey', { at: moment(oldKeyUntil) })}</p>}
        {made === undefined ? (
          <Confirm label={t('renew')} title={t('renewSure')} danger={false} action={renew}>
            <p>{t('renewHint')}</p>
          </Confirm>
        ) : (
          <Secret label={t('newKey')} value={made} hint={t('admin:secret.once')} />
        )}
      </Section>
    </div>
  );
}
