import { Button, Skeleton, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { macrosQuery } from '../api/macros.ts';
import { useMay } from '../api/session.ts';
import type { Macro } from '../api/types.ts';
import { MacroEditor } from '../macros/editor.tsx';
import { MacroText } from '../macros/macro-text.tsx';
import page from '../ui/list-page.module.css';
import { Failed } from '../shell/page-error.tsx';
import { PageTitle } from '../shell/page-title.tsx';

/** The texts that are sent often: everybody's, and one's own. */
export function MacrosPage() {
  const { t } = useTranslation(['macros', 'desk']);
  const { data, error, refetch } = useQuery(macrosQuery);
  const mayWork = useMay('work');
  const mayShare = useMay('configure');
  /** A macro's id, or `new`; null for the first one. */
  const [chosen, setChosen] = useState<string | null>(null);
  const macros = data ?? [];
  const macro = chosen === 'new' ? undefined : (macros.find(({ id }) => id === chosen) ?? macros[0]);
  const mayChange = mayWork && (macro === undefined || !macro.shared || mayShare);
  return (
    <div className={page.page}>
      <header className={page.top}>
        <PageTitle title={t('title')} className={page.title} />
        {mayWork && <Button onClick={() => setChosen('new')}>{t('new')}</Button>}
        <p className={page.dimmed}>{t('hint')}</p>
      </header>
      {data === undefined ? (
        error === null ? (
          <div role="status" aria-label={t('desk:loading')}>
            <Skeleton height={40} mb="xs" />
            <Skeleton height={40} />
          </div>
        ) : (
          <Failed error={error} retry={() => void refetch()} />
        )
      ) : (
        <>
          <nav aria-label={t('title')}>
            {macros.length === 0 && <p>{t('none')}</p>}
            <ul className={page.list}>
              {macros.map((one) => (
                <li key={one.id}>
                  <Item macro={one} current={one.id === macro?.id} onChoose={() => setChosen(one.id)} />
                </li>
              ))}
            </ul>
          </nav>
          {macro !== undefined && !mayChange ? (
            <MacroText macro={macro} />
          ) : (
            mayChange &&
            (macro !== undefined || chosen === 'new') && (
              <MacroEditor key={macro?.id ?? 'new'} macro={macro} onDone={setChosen} />
            )
          )}
        </>
      )}
    </div>
  );
}

function Item({ macro, current, onChoose }: { macro: Macro; current: boolean; onChoose: () => void }) {
  const { t } = useTranslation('macros');
  return (
    <UnstyledButton className={page.item} aria-current={current} onClick={onChoose}>
      <span dir="auto">{macro.name}</span>
      <p className={page.dimmed}>{t(macro.shared ? 'everybodys' : 'personal')}</p>
    </UnstyledButton>
  );
}
