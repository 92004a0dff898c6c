import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import type { Ticket } from '../api/types.ts';

const AnnotationPanel = lazy(() => import('./annotation-panel.tsx').then((it) => ({ default: it.AnnotationPanel })));

/** What the desk learned of a ticket: asked for once it is solved, and to be changed until it closes. */
export function Annotation({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation();
  const { annotation, status } = ticket;
  const mayChange = useMay('work') && status !== 'closed';
  // Whoever has begun to write goes on, whatever others make of the ticket meanwhile.
  const [changing, setChanging] = useState(false);
  const asks = mayChange && (changing || (annotation === null && status === 'solved'));
  if (!asks && annotation === null) return null;
  return (
    <Suspense fallback={<div role="status" aria-label={t('loading')} />}>
      <AnnotationPanel ticket={ticket} mayChange={mayChange} asks={asks} onChange={setChanging} />
    </Suspense>
  );
}
