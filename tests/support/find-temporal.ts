import { findTemporal } from '../../cli/servers/temporal-source.ts';

/** Getting a server may take longer than any test may: it is there before the first one starts. */
export default async function setup(): Promise<void> {
  await findTemporal((line) => console.log(line));
}
