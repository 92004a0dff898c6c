import type { LinkProps } from '@tanstack/react-router';
import type { Permission } from '../api/types.ts';

interface Section {
  readonly to: NonNullable<LinkProps['to']>;
  /** A word of `nav` in the texts. */
  readonly name:
    | 'people'
    | 'teams'
    | 'keys'
    | 'audit'
    | 'policies'
    | 'escalation'
    | 'calendars'
    | 'channels'
    | 'webhooks'
    | 'simulator';
  /** What it needs beyond the room's own permission. */
  readonly needs?: Permission;
}

/** The navigation of the room, in its order. */
export const sections: readonly Section[] = [
  { to: '/admin/people', name: 'people' },
  { to: '/admin/teams', name: 'teams' },
  { to: '/admin/sla-policies', name: 'policies' },
  { to: '/admin/escalation-policies', name: 'escalation' },
  { to: '/admin/calendars', name: 'calendars' },
  { to: '/admin/simulator', name: 'simulator' },
  { to: '/admin/channels', name: 'channels' },
  { to: '/admin/webhooks', name: 'webhooks' },
  { to: '/admin/keys', name: 'keys', needs: 'administer' },
  { to: '/admin/audit', name: 'audit' },
];
