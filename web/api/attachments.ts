import { call } from './client.ts';
import type { Attachment } from './types.ts';

/** The same content has the same id, so that sending it again changes nothing. */
export async function uploadAttachment(file: File): Promise<Attachment> {
  const { id } = await call<Attachment>('POST', '/v1/attachments', {
    query: { name: file.name || 'file' },
    body: file,
  });
  return { id, name: file.name || 'file' };
}

export const attachmentUrl = (id: string): string => `/v1/attachments/${id}`;

/** By its name: what is no picture after all is not shown as one by any browser. */
export function isPicture({ name }: Attachment): boolean {
  return /\.(?:png|jpe?g|gif|webp|avif)$/i.test(name);
}
