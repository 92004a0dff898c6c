import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { desk } from '../root-routes.tsx';
import { auditSearch } from './audit/search.ts';
import { simulatorSearch } from './simulator/search.ts';
import { listSearch } from './ui/list-search.ts';

export const admin = createRoute({
  getParentRoute: () => desk,
  path: '/admin',
  component: lazyRouteComponent(() => import('./frame.tsx'), 'AdminFrame'),
});

/** The pages of the room. Those that its navigation names are in `sections.ts` as well. */
export const adminPages = [
  createRoute({
    getParentRoute: () => admin,
    path: '/',
    beforeLoad: () => {
      throw redirect({ to: '/admin/people', replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/people',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./people/people-page.tsx'), 'PeoplePage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/people/new',
    component: lazyRouteComponent(() => import('./people/new-person-page.tsx'), 'NewPersonPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/people/$id',
    component: lazyRouteComponent(() => import('./people/person-page.tsx'), 'PersonPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/teams',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./teams/teams-page.tsx'), 'TeamsPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/teams/new',
    component: lazyRouteComponent(() => import('./teams/new-team-page.tsx'), 'NewTeamPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/teams/$id',
    component: lazyRouteComponent(() => import('./teams/team-page.tsx'), 'TeamPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/escalation-policies',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./escalation-policies/policies-page.tsx'), 'PoliciesPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/escalation-policies/new',
    component: lazyRouteComponent(() => import('./escalation-policies/new-policy-page.tsx'), 'NewPolicyPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/escalation-policies/$id',
    component: lazyRouteComponent(() => import('./escalation-policies/policy-page.tsx'), 'PolicyPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/channels',
    component: lazyRouteComponent(() => import('./channels/channels-page.tsx'), 'ChannelsPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/webhooks',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./webhooks/webhooks-page.tsx'), 'WebhooksPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/webhooks/new',
    component: lazyRouteComponent(() => import('./webhooks/new-webhook-page.tsx'), 'NewWebhookPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/webhooks/$id',
    component: lazyRouteComponent(() => import('./webhooks/webhook-page.tsx'), 'WebhookPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/keys',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./keys/keys-page.tsx'), 'KeysPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/sla-policies',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./sla-policies/sla-policies-page.tsx'), 'SlaPoliciesPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/sla-policies/new',
    component: lazyRouteComponent(() => import('./sla-policies/new-sla-policy-page.tsx'), 'NewSlaPolicyPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/sla-policies/$id',
    component: lazyRouteComponent(() => import('./sla-policies/sla-policy-page.tsx'), 'SlaPolicyPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/calendars',
    validateSearch: listSearch,
    component: lazyRouteComponent(() => import('./calendars/calendars-page.tsx'), 'CalendarsPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/calendars/new',
    component: lazyRouteComponent(() => import('./calendars/new-calendar-page.tsx'), 'NewCalendarPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/calendars/$id',
    component: lazyRouteComponent(() => import('./calendars/calendar-page.tsx'), 'CalendarPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/simulator',
    validateSearch: simulatorSearch,
    component: lazyRouteComponent(() => import('./simulator/simulator-page.tsx'), 'SimulatorPage'),
  }),
  createRoute({
    getParentRoute: () => admin,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('./audit/audit-page.tsx'), 'AuditPage'),
  }),
] as const;
