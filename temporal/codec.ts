import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ValueError, type DataConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { CodecKey, CodecKeys } from '../config/codec-keys.ts';

const PayloadMessage = proto.temporal.api.common.v1.Payload;

const cipherName = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const encoding = 'binary/encrypted';
const keyIdField = 'encryption-key-id';

/**
 * Encrypts every payload with AES-256-GCM before it leaves for Temporal, so that Temporal keeps no ticket in clear.
 * The data of an encrypted payload is the IV, the whole former payload, and the tag. The key's id stands beside it in
 * clear, and picks the key again; payloads that were never encrypted (older than the keys) are left as they are.
 */
export class AesGcmCodec implements PayloadCodec {
  readonly #current: CodecKey;
  readonly #keys: ReadonlyMap<string, Uint8Array>;

  constructor(keys: CodecKeys) {
    this.#current = keys[0];
    this.#keys = new Map(keys.map(({ id, key }) => [id, key]));
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => encrypt(payload, this.#current));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => (isEncrypted(payload) ? this.#decrypt(payload) : payload));
  }

  #decrypt(payload: Payload): Payload {
    const id = text(payload.metadata?.[keyIdField]);
    const key = this.#keys.get(id);
    if (key === undefined) {
      throw new ValueError(`Payload is encrypted with the key "${id}", which VIGIL_CODEC_KEYS does not have`);
    }
    try {
      return decrypt(payload.data ?? new Uint8Array(), key);
    } catch (cause) {
      throw new ValueError(`Payload was altered, or another key has the id "${id}"`, cause);
    }
  }
}

/**
 * What client, worker and workflow bundle need to speak to Temporal; nothing at all while no keys are set. With keys,
 * `failureConverterPath` has to reach the bundler too: messages and stack traces of errors are payloads only through it.
 */
export function dataConverter(keys: CodecKeys | null): DataConverter {
  if (keys === null) return {};
  return {
    payloadCodecs: [new AesGcmCodec(keys)],
    failureConverterPath: fileURLToPath(new URL('./failure-converter.cjs', import.meta.url)),
  };
}

function isEncrypted(payload: Payload): boolean {
  return text(payload.metadata?.['encoding']) === encoding;
}

function encrypt(payload: Payload, { id, key }: CodecKey): Payload {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(cipherName, key, iv);
  const plain = PayloadMessage.encode(payload).finish();
  const data = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(encoding), [keyIdField]: Buffer.from(id) }, data };
}

function decrypt(data: Uint8Array, key: Uint8Array): Payload {
  // Without the explicit length, Node would accept a tag cut down to 4 bytes.
  const decipher = createDecipheriv(cipherName, key, data.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAuthTag(data.subarray(-tagBytes));
  const plain = Buffer.concat([decipher.update(data.subarray(ivBytes, -tagBytes)), decipher.final()]);
  return PayloadMessage.decode(plain);
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}
