import { createHash, type Hash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileTypeFromFile } from 'file-type';
import { Problem } from './problem.ts';

export interface StoredAttachment {
  /** SHA-256 of the content, in hexadecimal. */
  readonly id: string;
  readonly size: number;
  /** What the content is, not what it was called. */
  readonly type: string;
  readonly name: string;
}

/** Files by the hash of their content, below the data directory; beside each lies what is known of it. */
export class AttachmentStore {
  readonly #root: string;
  readonly #limit: number;

  /** `limit` in bytes. */
  constructor(dataDir: string, limit: number) {
    this.#root = path.join(dataDir, 'attachments');
    this.#limit = limit;
  }

  /**
   * Streams the content to disk, where it is once this resolves; of a failure nothing is left.
   * @throws Problem 413 where there is more of it than the limit.
   */
  async save(content: Readable, name: string): Promise<StoredAttachment> {
    const incoming = path.join(this.#root, 'incoming');
    await mkdir(incoming, { recursive: true });
    const temporary = path.join(incoming, randomUUID());
    try {
      const hash = createHash('sha256');
      const file = createWriteStream(temporary, { flush: true });
      await pipeline(upTo(this.#limit, content, hash), file);
      const stored = { id: hash.digest('hex'), size: file.bytesWritten, type: await typeOf(temporary), name };
      const target = this.#fileOf(stored.id);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(`${temporary}.json`, JSON.stringify(stored), { flush: true });
      // The description last: it is what makes a content one that there is.
      await rename(temporary, target);
      await rename(`${temporary}.json`, `${target}.json`);
      await syncFolder(path.dirname(target));
      return stored;
    } finally {
      await rm(temporary, { force: true });
      await rm(`${temporary}.json`, { force: true });
    }
  }

  /** Undefined where there is no such attachment. */
  async find(id: string): Promise<StoredAttachment | undefined> {
    const text = await readFile(`${this.#fileOf(id)}.json`, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as StoredAttachment);
  }

  read(id: string): ReadStream {
    return createReadStream(this.#fileOf(id));
  }

  #fileOf(id: string): string {
    return path.join(this.#root, id.slice(0, 2), id);
  }
}

/** Leaves the rest unread at the limit: who destroys a request's body cannot answer the request any more. */
async function* upTo(limit: number, content: Readable, hash: Hash): AsyncGenerator<Buffer> {
  let left = limit;
  try {
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      left -= chunk.length;
      if (left < 0) throw new Problem('too-large', `An attachment may have ${limit} bytes.`);
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw error instanceof Problem ? error : new Problem('invalid-request', 'The content broke off.', { cause: error });
  }
}

const looksAtBytes = 64 * 1024;

/** By the content alone: whoever sends a file may call it anything. */
async function typeOf(file: string): Promise<string> {
  const known = await fileTypeFromFile(file);
  if (known !== undefined) return known.mime;
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(looksAtBytes), 0, looksAtBytes, 0);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead), { stream: true });
    return text.includes('\0') ? 'application/octet-stream' : 'text/plain; charset=utf-8';
  } catch {
    return 'application/octet-stream';
  } finally {
    await handle.close();
  }
}

/** A rename is on disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
