export * from './archive.ts';
export * from './audit.ts';
export * from './desk.ts';
export * from './on-call.ts';
export * from './sign-in.ts';
export * from './webhooks.ts';
export * from './work.ts';
