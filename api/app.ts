import rateLimit from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Client, Connection } from '@temporalio/client';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/environment.ts';
import type { Database } from '../db/client.ts';
import type { Directory } from '../db/directory.ts';
import { AttachmentStore } from './attachment-store.ts';
import auth, { callerOf } from './plugins/auth.ts';
import bodies from './plugins/bodies.ts';
import documentation from './plugins/documentation.ts';
import metrics from './plugins/metrics.ts';
import problems from './plugins/problems.ts';
import rotations from './plugins/rotations.ts';
import signIn from './plugins/sign-in.ts';
import slaRollout from './plugins/sla-rollout.ts';
import validation from './plugins/validation.ts';
import webApplication from './plugins/web-application.ts';
import webhooks from './plugins/webhooks.ts';
import { Problem } from './problem.ts';
import { protocolErrors } from './protocol-errors.ts';
import { routes } from './routes/index.ts';

/** What the API works with. */
export interface AppParts {
  readonly config: Config;
  readonly database: Database;
  readonly directory: Directory;
  readonly temporal: { readonly client: Client; readonly connection: Connection };
  /** Signs links. */
  readonly secret: string;
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly parts: AppParts & { readonly attachments: AttachmentStore };
  }
}

export type App = FastifyInstance;

const bodyLimit = 1024 * 1024;

/** The API with all its routes, not yet listening. */
export async function buildApp(parts: AppParts, logger: Logger): Promise<App> {
  const { config } = parts;
  const app = Fastify({
    loggerInstance: logger.child({}, { serializers: { req: requestLog, res: responseLog } }),
    bodyLimit,
    requestTimeout: 120_000,
    // A load balancer's idle time is 60 s as a rule; ours is longer, so that it closes first.
    keepAliveTimeout: 72_000,
    routerOptions: { maxParamLength: 200 },
    genReqId: () => crypto.randomUUID(),
    ...protocolErrors,
    // What was begun is finished: a closing server answers those who are still connected.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
  });
  app.decorate('parts', { ...parts, attachments: new AttachmentStore(config.dataDir, config.attachmentLimit) });
  finishOnClose(app as unknown as App);
  // The same id is the cause of the events that the request brings about.
  app.addHook('onRequest', async (request, reply) => void reply.header('x-request-id', request.id));
  await app.register(problems);
  await app.register(validation);
  await app.register(bodies);
  await app.register(metrics);
  await app.register(signIn);
  await app.register(auth);
  await app.register(rateLimit, {
    // After the caller is known, and before a body is read.
    hook: 'onRequest',
    max: config.rateLimit,
    timeWindow: '1 minute',
    enableDraftSpec: true,
    keyGenerator: (request) => callerOf(request) ?? request.ip,
    errorResponseBuilder: (_request, context) => new Problem('too-many-requests', `Come again in ${context.after}.`),
  });
  await app.register(slaRollout);
  await app.register(rotations);
  await app.register(webhooks);
  await app.register(documentation);
  await app.register(webApplication);
  await app.withTypeProvider<TypeBoxTypeProvider>().register(routes);
  return app as unknown as App;
}

/** Connections whose requests end while the server closes are not kept for further ones. */
function finishOnClose(app: App): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}

/** A request in the log: never its query, body, headers or address. */
function requestLog(request: {
  method: string;
  url: string;
  routeOptions?: { url?: string };
  params?: unknown;
}): object {
  const id = (request.params as { id?: unknown } | undefined)?.id;
  return {
    method: request.method,
    route: request.routeOptions?.url ?? 'none',
    ...(typeof id === 'string' && { id: id.slice(0, 64) }),
  };
}

function responseLog(reply: { statusCode: number }): object {
  return { statusCode: reply.statusCode };
}
