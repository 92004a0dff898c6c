import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { sessionQuery } from './api/session.ts';
import { queueSearch } from './queue/search.ts';
import { NotFound } from './shell/not-found.tsx';
import { PageError } from './shell/page-error.tsx';
import { PagePending } from './shell/page-pending.tsx';

interface RouterContext {
  readonly client: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ notFoundComponent: NotFound });

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

/** Everything that needs somebody signed in. */
const desk = createRoute({
  getParentRoute: () => root,
  id: 'desk',
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    if (session === null) throw redirect({ to: '/sign-in', search: { next: location.href }, replace: true });
  },
  component: lazyRouteComponent(() => import('./shell/frame.tsx'), 'Frame'),
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

const routeTree = root.addChildren([signIn, welcome, desk.addChildren([home, queue, ticket, incidents])]);

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
