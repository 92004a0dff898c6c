import { useTranslation } from 'react-i18next';
import type { SignInState, User } from '../../api/types.ts';
import { useFormats } from '../../i18n/format.ts';

/** Whether somebody still works at the desk. */
export function worksHere({ active, leftAt }: Pick<User, 'active' | 'leftAt'>): boolean {
  return active && (leftAt === null || Date.parse(leftAt) > Date.now());
}

/** In words; who could be paged and has no contact is worth a warning. */
export function PersonState({ user }: { user: User }) {
  const { t } = useTranslation('admin');
  if (!user.active) return t('people.state.inactive');
  if (!worksHere(user)) return t('people.state.left');
  if (user.contacts.length === 0 && user.role !== 'viewer') return `⚠ ${t('people.state.unreachable')}`;
  return t('people.state.active');
}

/** When somebody was last here, where they are signed in; or why they never were. */
export function LastSeen({ state }: { state: SignInState | undefined }) {
  const { t } = useTranslation('admin');
  const { moment } = useFormats();
  if (state === undefined) return '…';
  if (!state.canSignIn) return state.invitedUntil === null ? t('people.seen.never') : t('people.seen.invited');
  return state.lastUsedAt === null ? t('people.seen.signedOut') : moment(state.lastUsedAt);
}
