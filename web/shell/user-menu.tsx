import { NativeSelect, UnstyledButton, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery, signOut, useSession } from '../api/session.ts';
import { changeLanguage, type Language, languages } from '../i18n/setup.ts';
import { Icon } from './icons.tsx';
import styles from './frame.module.css';

const schemes: readonly MantineColorScheme[] = ['auto', 'light', 'dark'];

/** Who is signed in, with what is theirs to choose: a native disclosure, closed by Escape and by a click elsewhere. */
export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t, i18n } = useTranslation();
  const { user } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const menu = useRef<HTMLDetailsElement>(null);
  const client = useQueryClient();
  const router = useRouter();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      client.setQueryData(sessionQuery.queryKey, null);
      await router.navigate({ to: '/sign-in' });
      // Nothing of one person's is shown to the next.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
    },
  });
  useEffect(() => {
    const close = (event: Event): void => {
      const element = menu.current;
      if (!element?.open) return;
      const escape = event instanceof KeyboardEvent && event.key === 'Escape';
      const elsewhere = event.type === 'pointerdown' && !element.contains(event.target as Node);
      if (!escape && !elsewhere) return;
      element.open = false;
      if (escape) element.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, []);
  const close = (): void => {
    if (menu.current !== null) menu.current.open = false;
  };
  return (
    <details ref={menu} className={styles.menu}>
      <summary>
        <Icon name="user" />
        <span className={styles.userName} dir="auto">
          {user.name}
        </span>
      </summary>
      <div className={styles.menuBody}>
        <p className={styles.identity}>
          <span dir="auto">{user.email}</span> · {t(`role.${user.role}`)}
        </p>
        <NativeSelect
          label={t('menu.language')}
          value={i18n.language}
          onChange={(event) => void changeLanguage(event.currentTarget.value as Language)}
          data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
        />
        <NativeSelect
          label={t('menu.appearance')}
          value={colorScheme}
          onChange={(event) => setColorScheme(event.currentTarget.value as MantineColorScheme)}
          data={schemes.map((value) => ({ value, label: t(`menu.${value}`) }))}
        />
        <Link to="/settings" className={styles.menuItem} onClick={close}>
          {t('nav.settings')}
        </Link>
        <UnstyledButton className={styles.menuItem} onClick={onHelp}>
          {t('keys.title')}
        </UnstyledButton>
        <UnstyledButton className={styles.menuItem} onClick={() => leave.mutate()} disabled={leave.isPending}>
          {t('menu.signOut')}
        </UnstyledButton>
        {leave.isError && <p role="alert">{leave.error.message}</p>}
      </div>
    </details>
  );
}
