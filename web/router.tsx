import type { QueryClient } from '@tanstack/react-query';
import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { admin, adminPages } from './admin/routes.tsx';
import { sessionQuery } from './api/session.ts';
import { ticketsQuery } from './api/tickets.ts';
import { filterOf, queueSearch } from './queue/search.ts';
import { scheduleSearch } from './on-call/search.ts';
import { desk, needsSession, root } from './root-routes.tsx';
import { reportSearch } from './reports/search.ts';
import { NotFound } from './shell/not-found.tsx';
import { PageError } from './shell/page-error.tsx';
import { PagePending } from './shell/page-pending.tsx';
import { wallSearch } from './wall/search.ts';

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: ({ next }: Record<string, unknown>): { next?: string } =>
    // Only ever an address of ours.
    typeof next === 'string' && /^\/(?!\/)/.test(next) ? { next } : {},
  component: lazyRouteComponent(() => import('./pages/sign-in.tsx'), 'SignInPage'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome/$token',
  component: lazyRouteComponent(() => import('./pages/welcome.tsx'), 'WelcomePage'),
});

const home = createRoute({
  getParentRoute: () => desk,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/queue', replace: true });
  },
});

const queue = createRoute({
  getParentRoute: () => desk,
  path: '/queue',
  validateSearch: queueSearch,
  loaderDeps: ({ search }) => search,
  // Asked for while the page itself is still on its way, and not waited for.
  loader: ({ context: { client }, deps }) => {
    const session = client.getQueryData(sessionQuery.queryKey);
    // What is due soon depends on when the page asks.
    if (!session || deps.due !== undefined) return;
    const query = ticketsQuery(filterOf(deps, session.user.id, Date.now()));
    void client.prefetchInfiniteQuery({ ...query, staleTime: Infinity });
  },
  component: lazyRouteComponent(() => import('./pages/queue.tsx'), 'QueuePage'),
});

const ticket = createRoute({
  getParentRoute: () => desk,
  path: '/tickets/$id',
  component: lazyRouteComponent(() => import('./pages/ticket.tsx'), 'TicketPage'),
});

const incidents = createRoute({
  getParentRoute: () => desk,
  path: '/incidents',
  component: lazyRouteComponent(() => import('./pages/incidents.tsx'), 'IncidentsPage'),
});

const onCall = createRoute({
  getParentRoute: () => desk,
  path: '/on-call',
  component: lazyRouteComponent(() => import('./pages/on-call.tsx'), 'OnCallPage'),
});

const schedule = createRoute({
  getParentRoute: () => desk,
  path: '/on-call/$id',
  validateSearch: scheduleSearch,
  component: lazyRouteComponent(() => import('./pages/schedule.tsx'), 'SchedulePage'),
});

const newSchedule = createRoute({
  getParentRoute: () => desk,
  path: '/on-call/new',
  component: lazyRouteComponent(() => import('./pages/schedule-edit.tsx'), 'NewSchedulePage'),
});

const editSchedule = createRoute({
  getParentRoute: () => desk,
  path: '/on-call/$id/edit',
  component: lazyRouteComponent(() => import('./pages/schedule-edit.tsx'), 'EditSchedulePage'),
});

const reports = createRoute({
  getParentRoute: () => desk,
  path: '/reports',
  beforeLoad: () => {
    throw redirect({ to: '/reports/$name', params: { name: 'volume' }, replace: true });
  },
});

const report = createRoute({
  getParentRoute: () => desk,
  path: '/reports/$name',
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('./pages/reports.tsx'), 'ReportsPage'),
});

const articles = createRoute({
  getParentRoute: () => desk,
  path: '/articles',
  component: lazyRouteComponent(() => import('./pages/articles.tsx'), 'ArticlesPage'),
});

const macros = createRoute({
  getParentRoute: () => desk,
  path: '/macros',
  component: lazyRouteComponent(() => import('./pages/macros.tsx'), 'MacrosPage'),
});

const settings = createRoute({
  getParentRoute: () => desk,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/settings.tsx'), 'SettingsPage'),
});

/** For a screen that everybody sees: without the frame and its navigation. */
const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  validateSearch: wallSearch,
  beforeLoad: needsSession,
  component: lazyRouteComponent(() => import('./pages/wall.tsx'), 'WallPage'),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  wall,
  desk.addChildren([
    home,
    queue,
    ticket,
    incidents,
    onCall,
    schedule,
    newSchedule,
    editSchedule,
    reports,
    report,
    articles,
    macros,
    settings,
    admin.addChildren(adminPages),
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree,
    context: { client },
    defaultPreload: 'intent',
    defaultErrorComponent: PageError,
    defaultPendingComponent: PagePending,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
