import { useMemo } from 'react';
import { useFormats } from '../i18n/format.ts';
import { useNow } from '../i18n/now.ts';

/** How long nothing has happened, counting. */
export function IdleTime({ since }: { since: string }) {
  const { duration, full } = useFormats();
  const now = useNow();
  const title = useMemo(() => full(since), [full, since]);
  return (
    <time dateTime={since} title={title}>
      {duration(Math.max(0, now - Date.parse(since)))}
    </time>
  );
}
