import type { FastifyReply, FastifyRequest } from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Author } from '../db/audit-events.ts';
import type { Database, Db } from '../db/client.ts';
import { changeDesk, type DeskChange } from '../db/desk-change.ts';
import { answerOnce, type OnceAnswer } from '../db/idempotency.ts';
import type { PageRequest, RowPage } from '../db/name-page.ts';
import type { FieldProblem } from '../domain/field-problem.ts';
import type { App } from './app.ts';
import { identityOf } from './once.ts';
import { mayDo, type Permission } from './permissions.ts';
import { authorOf, callerOf } from './plugins/auth.ts';
import { Problem, unprocessable } from './problem.ts';
import { answers, IdempotencyHeaders, IdParams, Page, PageQuery, Strict } from './schemas/common.ts';

/** One kind of thing of the desk's configuration. */
export interface DeskResource<Row> {
  /** Such as `/v1/users`. */
  readonly path: string;
  /** Such as `user`, with its article. */
  readonly noun: readonly [article: 'a' | 'an', noun: string];
  /** Needed to read; changes need `change`. */
  readonly read: Permission;
  readonly change: Permission;
  readonly schema: TSchema;
  /** `mayConfigure` tells whether the caller may see what can be misused. */
  readonly json: (row: Row, mayConfigure: boolean) => object;
  readonly list: (database: Database, page: PageRequest) => Promise<RowPage<Row>>;
  readonly find: (db: Db, id: string) => Promise<Row | undefined>;
  readonly remove: (change: DeskChange, id: string) => Promise<boolean>;
  /** Said of a removal that keeps the row. @default deleted */
  readonly removal?: string;
  /** Throws where the caller may not change this one so; null is a removal. */
  readonly guard?: (
    request: FastifyRequest,
    change: DeskChange,
    before: Row | undefined,
    body: unknown,
  ) => Promise<void>;
}

/** `GET` of the list and of one, and `DELETE`. */
export function addReadingAndRemoval<Row>(app: App, resource: DeskResource<Row>): void {
  const { database } = app.parts;
  const { path, noun, schema, json } = resource;
  const tags = [tagOf(path)];

  app.get(
    path,
    {
      config: { permission: resource.read },
      schema: {
        tags,
        summary: `List ${tagOf(path)}`,
        querystring: Strict(PageQuery),
        response: answers({ 200: Page(schema) }),
      },
    },
    async (request) => {
      const { limit = 50, cursor } = request.query as { cursor?: string; limit?: number };
      const { rows, next } = await resource.list(database, { cursor, limit });
      return { data: rows.map((row) => json(row, mayConfigure(request))), next };
    },
  );

  app.get(
    `${path}/:id`,
    {
      config: { permission: resource.read },
      schema: { tags, summary: noun.join(' '), params: IdParams, response: answers({ 200: schema }) },
    },
    async (request) => {
      const row = await resource.find(database.db, idIn(request));
      if (row === undefined) throw none(noun[1]);
      return json(row, mayConfigure(request));
    },
  );

  app.delete(
    `${path}/:id`,
    {
      config: { permission: resource.change },
      schema: {
        tags,
        summary: `Delete ${noun.join(' ')}`,
        params: IdParams,
        response: answers({ 204: Type.Null() }),
      },
    },
    async (request, reply) => {
      const id = idIn(request);
      const found = await changeDesk(database, authorOf(request), async (change) => {
        const before = await resource.find(change.tx, id);
        await resource.guard?.(request, change, before, null);
        if (!(await resource.remove(change, id))) return false;
        const action = resource.removal ?? 'deleted';
        change.tell({
          resource: tagOf(path),
          action,
          before: before === undefined ? null : json(before, true),
          after: null,
        });
        return true;
      });
      if (!found) throw none(noun[1]);
      await seeChange(app);
      return reply.code(204).send(null);
    },
  );
}

export interface Writing<Row, New, Patch> {
  readonly newSchema: TSchema;
  readonly patchSchema: TSchema;
  readonly insert: (change: DeskChange, body: New) => Promise<Row>;
  readonly update: (change: DeskChange, id: string, body: Patch) => Promise<Row | undefined>;
  /** What the answer to a `POST` has besides, once: it is not kept. */
  readonly created?: { readonly schema: TSchema; readonly secrets: (row: Row) => object };
  /** What makes no sense in a body of the right shape. */
  readonly check?: (body: New | Patch) => readonly FieldProblem[];
}

/** `POST` and `PATCH`. */
export function addWriting<Row, New, Patch>(
  app: App,
  resource: DeskResource<Row>,
  { newSchema, patchSchema, insert, update, created, check = () => [] }: Writing<Row, New, Patch>,
): void {
  const { path, noun, schema, json } = resource;
  const tags = [tagOf(path)];
  const refuseNonsense = (body: New | Patch): void => {
    const problems = check(body);
    if (problems.length > 0) throw unprocessable(problems);
  };

  app.post(
    path,
    {
      config: { permission: resource.change },
      schema: {
        tags,
        summary: `Add ${noun.join(' ')}`,
        headers: IdempotencyHeaders,
        body: newSchema,
        response: answers({ 201: created?.schema ?? schema }),
      },
    },
    async (request, reply) => {
      refuseNonsense(request.body as New);
      let secrets = {};
      const create = async (change: DeskChange): Promise<object> => {
        await resource.guard?.(request, change, undefined, request.body);
        const row = await insert(change, request.body as New);
        secrets = created?.secrets(row) ?? {};
        return json(row, true);
      };
      return createOnce(app, request, reply, create, { secrets: () => secrets });
    },
  );

  app.patch(
    `${path}/:id`,
    {
      config: { permission: resource.change },
      schema: {
        tags,
        summary: `Change ${noun.join(' ')}; fields that are not given stay as they are`,
        params: IdParams,
        body: patchSchema,
        response: answers({ 200: schema }),
      },
    },
    async (request) => {
      refuseNonsense(request.body as Patch);
      const id = idIn(request);
      const row = await changeDesk(app.parts.database, authorOf(request), async (change) => {
        const before = await resource.find(change.tx, id);
        await resource.guard?.(request, change, before, request.body);
        const after = await update(change, id, request.body as Patch);
        if (before !== undefined && after !== undefined) {
          change.tell({ resource: tagOf(path), before: json(before, true), after: json(after, true) });
        }
        return after;
      });
      if (row === undefined) throw none(noun[1]);
      await seeChange(app);
      return json(row, true);
    },
  );
}

interface Making {
  /** Part of the first answer only: they are not kept. */
  readonly secrets?: () => object;
  /** What the new thing belongs to, for the trail. */
  readonly of?: object;
  /** Whether it is nobody's business but the caller's: the trail does not tell of it. */
  readonly personal?: boolean;
}

/** Answers a `POST` with 201 and what `create` gives, once for each Idempotency-Key. */
export async function createOnce(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  create: (change: DeskChange) => Promise<object>,
  { secrets = () => ({}), of = {}, personal = false }: Making = {},
): Promise<FastifyReply> {
  const by = personal ? null : authorOf(request);
  const { status, body, repeated } = await changeOnce(app, request, reply, by, async (change) => {
    const made = await create(change);
    change.tell({ resource: collectionOf(request), before: null, after: { ...of, ...made } });
    return { status: 201, body: made };
  });
  void reply.header('location', `${request.url.split('?')[0]}/${(body as { id: string }).id}`);
  return reply.code(status).send({ ...(body as object), ...(!repeated && secrets()) });
}

/** Changes the desk once for each Idempotency-Key; a repetition gives what the first gave. */
export async function changeOnce(
  app: App,
  request: FastifyRequest,
  reply: FastifyReply,
  by: Author | null,
  work: (change: DeskChange) => Promise<OnceAnswer>,
): Promise<OnceAnswer & { readonly repeated: boolean }> {
  const once = { ...identityOf(request), caller: callerOf(request) ?? '' };
  const answer = await changeDesk(app.parts.database, by, (change) => answerOnce(change, once, () => work(change)));
  await seeChange(app);
  if (answer.repeated) void reply.header('idempotency-replayed', 'true');
  return answer;
}

/** What has just been changed holds at once in this process; a directory that cannot be read now catches up by itself. */
export async function seeChange({ parts, log }: App): Promise<void> {
  await parts.directory.refresh().catch(() => log.warn('the directory could not be refreshed after a change'));
}

function mayConfigure({ principal }: FastifyRequest): boolean {
  return principal !== null && mayDo(principal.role, 'configure');
}

function tagOf(path: string): string {
  return path.replace('/v1/', '');
}

/** What a `POST` adds to, named by the end of its path. */
function collectionOf({ routeOptions }: FastifyRequest): string {
  return routeOptions.url?.split('/').at(-1) ?? '';
}

function idIn(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

function none(noun: string): Problem {
  return new Problem('not-found', `There is no ${noun} of this id.`);
}
