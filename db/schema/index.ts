export * from './archive.ts';
export * from './desk.ts';
