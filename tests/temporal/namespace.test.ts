import { randomUUID } from 'node:crypto';
import { Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { Client, Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { NamespaceError, prepareNamespace } from '../../temporal/namespace.ts';
import { searchAttributes, vigilLevel, vigilNextDue, vigilStatus } from '../../temporal/search-attributes.ts';

const { INDEXED_VALUE_TYPE_INT } = proto.temporal.api.enums.v1.IndexedValueType;
const names = searchAttributes.map(({ name }) => name);

let connection: Connection;

beforeAll(async () => {
  connection = await Connection.connect({ address: inject('temporalAddress') });
});

afterAll(() => connection.close());

test('a new namespace can be used once it is prepared, and preparing it again changes nothing', async () => {
  const namespace = `desk-${randomUUID()}`;
  expect(await prepareNamespace(connection, namespace)).toEqual({ registered: true, added: names });
  const { workflow } = new Client({ connection, namespace });
  const handle = await workflow.start('ticket', {
    workflowId: 'one',
    taskQueue: 'nobody',
    typedSearchAttributes: [
      { key: vigilStatus, value: 'new' },
      { key: vigilLevel, value: 2 },
      { key: vigilNextDue, value: new Date() },
    ],
  });
  await handle.terminate();
  expect(await prepareNamespace(connection, namespace)).toEqual({ registered: false, added: [] });
});

test('processes that start together prepare it together', async () => {
  const namespace = `desk-${randomUUID()}`;
  const prepared = await Promise.all([1, 2, 3].map(() => prepareNamespace(connection, namespace)));
  expect(prepared.filter(({ registered }) => registered)).toHaveLength(1);
  expect(prepared.some(({ added }) => added.length === names.length)).toBe(true);
});

test('a search attribute of another type is named', async () => {
  const namespace = `desk-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: proto.google.protobuf.Duration.fromObject({ seconds: 24 * 3600 }),
  });
  await expect
    .poll(
      () =>
        connection.operatorService
          .addSearchAttributes({ namespace, searchAttributes: { VigilStatus: INDEXED_VALUE_TYPE_INT } })
          .then(() => 'added', String),
      { timeout: 30_000 },
    )
    .toMatch(/^added|already exists/i);
  const error: unknown = await prepareNamespace(connection, namespace).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(NamespaceError);
  expect(String(error)).toContain('VigilStatus is INT, not KEYWORD');
});

describe('a Temporal that lets nobody change it, such as Temporal Cloud', () => {
  const refused = () => Promise.reject(refusal(status.PERMISSION_DENIED));

  /** Only what the preparation calls. */
  function cloud(aliases: Record<string, string>, describeNamespace?: () => Promise<never>): Connection {
    return {
      workflowService: {
        describeNamespace:
          describeNamespace ?? (() => Promise.resolve({ config: { customSearchAttributeAliases: aliases } })),
        registerNamespace: refused,
        listWorkflowExecutions: () => Promise.resolve({ executions: [] }),
      },
      operatorService: { listSearchAttributes: refused, addSearchAttributes: refused },
    } as unknown as Connection;
  }

  function refusal(code: status): ServiceError {
    return Object.assign(new Error('refused'), { code, details: 'refused', metadata: new Metadata() });
  }

  const aliases = {
    Keyword01: 'VigilStatus',
    Keyword02: 'VigilPriority',
    Int01: 'VigilLevel',
    Keyword03: 'VigilChannel',
    Keyword04: 'VigilAssignee',
    Keyword05: 'VigilTeam',
    Datetime01: 'VigilNextDue',
    Keyword06: 'VigilTicket',
  };

  test('is used as it is when nothing is missing', async () => {
    expect(await prepareNamespace(cloud(aliases), 'desk.a1b2c')).toEqual({ registered: false, added: [] });
  });

  test('has what is missing named, and the command that adds it', async () => {
    const { Int01, Datetime01, ...rest } = aliases;
    await expect(prepareNamespace(cloud(rest), 'desk.a1b2c')).rejects.toThrow(
      'tcld namespace search-attributes add --namespace desk.a1b2c ' +
        `--search-attribute ${Int01}=Int --search-attribute ${Datetime01}=Datetime`,
    );
  });

  test('has a missing namespace named', async () => {
    const unknown = () => Promise.reject(refusal(status.NOT_FOUND));
    await expect(prepareNamespace(cloud({}, unknown), 'desk.a1b2c')).rejects.toThrow('no namespace "desk.a1b2c"');
  });
});
