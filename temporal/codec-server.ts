import type { Payload, PayloadCodec } from '@temporalio/common';

/**
 * The remote codec protocol of Temporal's UI and CLI: payloads travel as JSON, their bytes in base64, and come back in
 * the same order, decoded or encoded. Whoever may call this reads every ticket, so the route that does it asks for a key.
 */

interface JsonPayload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data?: string;
}

export interface CodecBody {
  readonly payloads: readonly JsonPayload[];
}

/** Thrown when a request is not of this protocol: the caller's mistake. */
export class CodecBodyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CodecBodyError';
  }
}

export async function decodePayloads(codec: PayloadCodec, body: unknown): Promise<CodecBody> {
  return toJson(await codec.decode(fromJson(body)));
}

export async function encodePayloads(codec: PayloadCodec, body: unknown): Promise<CodecBody> {
  return toJson(await codec.encode(fromJson(body)));
}

function fromJson(body: unknown): Payload[] {
  if (!isRecord(body) || !Array.isArray(body['payloads'])) throw new CodecBodyError('"payloads" must be a list');
  return body['payloads'].map((payload: unknown, index) => {
    if (!isRecord(payload)) throw new CodecBodyError(`payloads[${index}] must be an object`);
    const { metadata = {}, data } = payload;
    if (!isRecord(metadata)) throw new CodecBodyError(`payloads[${index}].metadata must be an object`);
    return {
      metadata: Object.fromEntries(
        Object.entries(metadata).map(([name, value]) => [name, bytes(value, `payloads[${index}].metadata.${name}`)]),
      ),
      ...(data === undefined || data === null ? {} : { data: bytes(data, `payloads[${index}].data`) }),
    };
  });
}

function toJson(payloads: readonly Payload[]): CodecBody {
  return {
    payloads: payloads.map(({ metadata, data }) => ({
      metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, base64(value)])),
      data: base64(data ?? new Uint8Array()),
    })),
  };
}

function bytes(value: unknown, path: string): Uint8Array {
  if (typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value)) return Buffer.from(value, 'base64');
  throw new CodecBodyError(`${path} must be base64`);
}

function base64(value: Uint8Array): string {
  return Buffer.from(value).toString('base64');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
