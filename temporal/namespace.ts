import { setTimeout as sleep } from 'node:timers/promises';
import { status, type ServiceError } from '@grpc/grpc-js';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { searchAttributes } from './search-attributes.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;

const retentionSeconds = 30 * 24 * 3600;

/** Every host of a cluster reads the list of namespaces anew every ten seconds, at a moment of its own. */
const patienceMs = 60_000;

export interface PreparedNamespace {
  readonly registered: boolean;
  /** The names of the search attributes that were missing. */
  readonly added: readonly string[];
}

/** Thrown when the namespace cannot hold tickets, and we are not allowed to change that. Says what to do about it. */
export class NamespaceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'NamespaceError';
  }
}

/**
 * Makes the namespace and its search attributes where they are missing, and returns once they can be used. Any number
 * of processes may do this at once. Temporal Cloud lets nobody do it from here: there it only says what is missing.
 */
export async function prepareNamespace(connection: Connection, namespace: string): Promise<PreparedNamespace> {
  const registered = await registerNamespace(connection, namespace);
  const added = await patiently(namespace, () => addSearchAttributes(connection, namespace));
  await patiently(namespace, () => queryAttributes(connection, namespace));
  return { registered, added };
}

async function registerNamespace(connection: Connection, namespace: string): Promise<boolean> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
    return false;
  } catch (error) {
    if (!isStatus(error, status.NOT_FOUND)) throw error;
  }
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      description: 'Tickets of Vigil',
      workflowExecutionRetentionPeriod: proto.google.protobuf.Duration.fromObject({ seconds: retentionSeconds }),
    });
    return true;
  } catch (error) {
    if (isStatus(error, status.ALREADY_EXISTS)) return false;
    if (!isRefusal(error)) throw error;
    throw new NamespaceError(`There is no namespace "${namespace}", and Temporal does not let Vigil make it`, {
      cause: error,
    });
  }
}

async function addSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const present = await presentAttributes(connection, namespace);
  const wrong = searchAttributes.filter(({ name, type }) => (present.get(name) ?? type) !== type);
  if (wrong.length > 0) {
    const list = wrong.map(({ name, type }) => `${name} is ${present.get(name)}, not ${type}`).join('; ');
    throw new NamespaceError(`Search attributes of the namespace "${namespace}" have other types: ${list}`);
  }
  const missing = searchAttributes.filter(({ name }) => !present.has(name));
  if (missing.length === 0) return [];
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        missing.map(({ name, type }) => [name, IndexedValueType[`INDEXED_VALUE_TYPE_${type}`]]),
      ),
    });
  } catch (error) {
    // Another process was faster.
    if (isStatus(error, status.ALREADY_EXISTS)) return [];
    if (!isRefusal(error)) throw error;
    const flags = missing.map(({ name, type }) => `--search-attribute ${name}=${cloudNames[type]}`).join(' ');
    throw new NamespaceError(
      `The namespace "${namespace}" lacks search attributes, and Temporal does not let Vigil add them. ` +
        `On Temporal Cloud: tcld namespace search-attributes add --namespace ${namespace} ${flags}`,
      { cause: error },
    );
  }
  return missing.map(({ name }) => name);
}

const cloudNames = { KEYWORD: 'Keyword', INT: 'Int', DATETIME: 'Datetime' } as const;

/** The types of the namespace's own search attributes, by name. */
async function presentAttributes(connection: Connection, namespace: string): Promise<Map<string, string>> {
  try {
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return new Map(
      Object.entries(customAttributes ?? {}).map(([name, type]) => [
        name,
        (IndexedValueType[type] ?? '').replace('INDEXED_VALUE_TYPE_', ''),
      ]),
    );
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
  // Temporal Cloud has no operator service, but its namespaces tell the names given to their numbered fields: Keyword01.
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  return new Map(
    Object.entries(config?.customSearchAttributeAliases ?? {}).map(([field, name]) => [
      name,
      field.replace(/\d+$/, '').toUpperCase(),
    ]),
  );
}

/** A query over all attributes fails for as long as the host that answers it does not know them. */
async function queryAttributes(connection: Connection, namespace: string): Promise<void> {
  const query = searchAttributes.map(({ name }) => `${name} IS NULL`).join(' AND ');
  await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 });
}

/** Repeats what fails because a host does not know of the namespace, or of its search attributes, yet. */
async function patiently<T>(namespace: string, attempt: () => Promise<T>): Promise<T> {
  const until = Date.now() + patienceMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isStatus(error, status.NOT_FOUND, status.INVALID_ARGUMENT)) throw error;
      if (Date.now() > until) {
        throw new NamespaceError(`The namespace "${namespace}" does not become usable: ${error.details}`, {
          cause: error,
        });
      }
    }
    await sleep(250);
  }
}

/** How Temporal Cloud, or a cluster with access rules, says that a request is not for us. */
function isRefusal(error: unknown): boolean {
  return isStatus(error, status.PERMISSION_DENIED, status.UNAUTHENTICATED, status.UNIMPLEMENTED);
}

function isStatus(error: unknown, ...codes: readonly status[]): error is ServiceError {
  return isGrpcServiceError(error) && codes.includes(error.code);
}
