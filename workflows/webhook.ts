import * as wf from '@temporalio/workflow';
import type { AnnounceActivities } from '../activities/announce.ts';
import type { WebhookActivities } from '../activities/webhooks.ts';
import { deliveriesWait, type WebhookInput } from './messages.ts';

const { deliverWebhook, giveUpWebhook } = wf.proxyActivities<WebhookActivities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '45s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});
const { announce } = wf.proxyActivities<AnnounceActivities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '5m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
});

/** Tells one webhook what waits for it, for as long as something does. What that is, and how far it is, PostgreSQL knows. */
export async function webhook({ webhook: id }: WebhookInput): Promise<void> {
  let woken = true;
  wf.setHandler(deliveriesWait, () => {
    woken = true;
  });
  while (woken) {
    woken = false;
    const { next, giveUp } = await deliverWebhook({ webhook: id, now: Date.now() });
    if (giveUp !== null) {
      const notices = await giveUpWebhook({ webhook: id, reason: giveUp });
      await Promise.all(notices.map((notice) => announce(notice).catch(() => undefined)));
    } else if (next !== null) {
      wf.setCurrentDetails(`next attempt ${new Date(next).toISOString()}`);
      await wf.condition(() => woken, Math.max(next - Date.now(), 1));
      woken = true;
    }
    if (woken && wf.workflowInfo().continueAsNewSuggested) await wf.continueAsNew<typeof webhook>({ webhook: id });
  }
}
