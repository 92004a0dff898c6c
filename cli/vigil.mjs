#!/usr/bin/env node
try {
  const { register } = await import('tsx/esm/api');
  register();
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error('vigil: the npm packages are missing: run npm install');
  process.exit(1);
}
const { main } = await import('./vigil.ts');
await main(process.argv.slice(2));
