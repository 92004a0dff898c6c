import { randomBytes } from 'node:crypto';
import {
  ApplicationFailure,
  defaultPayloadConverter,
  type FailureConverter,
  type Payload,
  type ProtoFailure,
} from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CodecKey } from '../../config/codec-keys.ts';
import { AesGcmCodec, dataConverter } from '../../temporal/codec.ts';
import { CodecBodyError, decodePayloads, encodePayloads } from '../../temporal/codec-server.ts';

const newKey: CodecKey = { id: 'new', key: randomBytes(32) };
const oldKey: CodecKey = { id: 'old', key: randomBytes(32) };
const codec = new AesGcmCodec([newKey]);

const bytes = fc.uint8Array({ maxLength: 200 });
const payload: fc.Arbitrary<Payload> = fc.record({
  metadata: fc.dictionary(
    fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
    bytes,
    { noNullPrototype: true },
  ),
  data: bytes,
});

/** Bytes come back as a `Buffer`, in messages of a class: compared by what they hold. */
function plain(payloads: readonly Payload[]) {
  return payloads.map(({ metadata, data }) => ({
    metadata: Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name, [...value]])),
    data: [...(data ?? [])],
  }));
}

async function sealed(value: unknown, by: AesGcmCodec = codec): Promise<Payload> {
  const [encrypted] = await by.encode([defaultPayloadConverter.toPayload(value)]);
  if (encrypted === undefined) throw new Error('one payload in, one payload out');
  return encrypted;
}

async function opened(encrypted: Payload, by: AesGcmCodec = codec): Promise<unknown> {
  const [decrypted] = await by.decode([encrypted]);
  return defaultPayloadConverter.fromPayload(decrypted ?? {});
}

describe('the codec', () => {
  test('gives back what it was given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(payload, { maxLength: 5 }), async (payloads) => {
        expect(plain(await codec.decode(await codec.encode(payloads)))).toEqual(plain(payloads));
      }),
    );
  });

  test('hides data and metadata, and names the key', async () => {
    const encrypted = await sealed('the printer burns');
    expect(Buffer.from(encrypted.data ?? []).includes('printer')).toBe(false);
    const metadata = Object.entries(encrypted.metadata ?? {}).map(([name, value]) => [
      name,
      Buffer.from(value).toString(),
    ]);
    expect(Object.fromEntries(metadata)).toEqual({ encoding: 'binary/encrypted', 'encryption-key-id': 'new' });
  });

  test('never gives the same twice', async () => {
    const [one, other] = [await sealed('same'), await sealed('same')];
    expect(Buffer.from(one.data ?? []).equals(Buffer.from(other.data ?? []))).toBe(false);
  });

  test('encrypts with the first key and decrypts with all of them', async () => {
    const before = await sealed('from before', new AesGcmCodec([oldKey]));
    const rotated = new AesGcmCodec([newKey, oldKey]);
    expect(await opened(before, rotated)).toBe('from before');
    expect(await opened(await sealed('from now on', rotated), new AesGcmCodec([newKey]))).toBe('from now on');
  });

  test('names the key that is missing', async () => {
    const before = await sealed('from before', new AesGcmCodec([oldKey]));
    await expect(codec.decode([before])).rejects.toThrow('the key "old", which VIGIL_CODEC_KEYS does not have');
  });

  test('refuses another key of the same id', async () => {
    const impostor = new AesGcmCodec([{ id: 'new', key: randomBytes(32) }]);
    await expect(impostor.decode([await sealed('x')])).rejects.toThrow('another key has the id "new"');
  });

  test('refuses what was altered, in any of its bytes, or cut off', async () => {
    const encrypted = await sealed({ priority: 'urgent' });
    const data = Buffer.from(encrypted.data ?? []);
    await fc.assert(
      fc.asyncProperty(fc.nat(data.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = Buffer.from(data);
        altered[at] = (altered[at] ?? 0) ^ change;
        await expect(codec.decode([{ ...encrypted, data: altered }])).rejects.toThrow('altered');
        await expect(codec.decode([{ ...encrypted, data: data.subarray(0, at) }])).rejects.toThrow('altered');
      }),
    );
  });

  test('leaves alone what was never encrypted', async () => {
    const clear = [defaultPayloadConverter.toPayload('older than the keys'), {}];
    expect(await codec.decode(clear)).toEqual(clear);
  });
});

describe('the data converter', () => {
  test('is nothing while no keys are set', () => {
    expect(dataConverter(null)).toEqual({});
  });

  test('turns the messages of errors into payloads', async () => {
    const { failureConverterPath = '' } = dataConverter([newKey]);
    const module = (await import(failureConverterPath)) as { failureConverter: FailureConverter };
    const error = ApplicationFailure.create({ message: 'no answer from jane@example.com' });
    const failure: ProtoFailure = module.failureConverter.errorToFailure(error, defaultPayloadConverter);
    expect(failure.message).toBe('Encoded failure');
    expect(defaultPayloadConverter.fromPayload(failure.encodedAttributes ?? {})).toMatchObject({
      message: 'no answer from jane@example.com',
    });
  });
});

describe("the protocol of Temporal's UI", () => {
  const metadata = { encoding: Buffer.from('json/plain').toString('base64') };
  const body = { payloads: [{ metadata, data: Buffer.from('"hello"').toString('base64') }] };

  test('encodes and decodes', async () => {
    const encoded = await encodePayloads(codec, body);
    expect(encoded.payloads[0]?.metadata?.['encoding']).toBe(Buffer.from('binary/encrypted').toString('base64'));
    expect(await decodePayloads(codec, JSON.parse(JSON.stringify(encoded)))).toEqual(body);
  });

  test('passes on what is in clear, and payloads without data', async () => {
    const clear = { payloads: [...body.payloads, { metadata }] };
    expect(await decodePayloads(codec, clear)).toEqual({ payloads: [...body.payloads, { metadata, data: '' }] });
  });

  test.each([
    [undefined, '"payloads" must be a list'],
    [{ payloads: {} }, '"payloads" must be a list'],
    [{ payloads: [null] }, 'payloads[0] must be an object'],
    [{ payloads: [{ metadata: [] }] }, 'payloads[0].metadata must be an object'],
    [{ payloads: [{ metadata: { encoding: 7 } }] }, 'payloads[0].metadata.encoding must be base64'],
    [{ payloads: [{ data: 'not base64!' }] }, 'payloads[0].data must be base64'],
  ])('refuses %j', async (bad, message) => {
    await expect(decodePayloads(codec, bad)).rejects.toThrow(new CodecBodyError(message));
  });
});
